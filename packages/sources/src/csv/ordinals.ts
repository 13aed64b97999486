import { z } from "zod";

/** What a cursor keeps of the ordinals; `recount` where that would be too much. */
export const ordinalsState = z.union([
	z.object({ latest: z.string(), counts: z.record(z.string(), z.number()) }),
	z.literal("recount"),
]);

export type OrdinalsState = z.infer<typeof ordinalsState>;

/** More equal-timed rows than that make a cursor too large. */
const keptCounts = 64;

/**
 * Numbers the equal rows of a file: 0 for the first, 1 for its first repetition.
 *
 * Equal rows have equal timestamps. As long as a file is in order of its timestamps, as written, only those of the latest
 * one have to be remembered; a file out of order needs all of them.
 */
export class Ordinals {
	#latest = "";
	#counts = new Map<string, number>();
	#tally: Tally | undefined;

	/** Goes on from a cursor; not for one that says `recount`. */
	static from(state: Exclude<OrdinalsState, "recount">): Ordinals {
		const ordinals = new Ordinals();
		ordinals.#latest = state.latest;
		ordinals.#counts = new Map(Object.entries(state.counts));
		return ordinals;
	}

	/** Remembers every row from the beginning, as a file out of order and standard input need. */
	static ofEverything(): Ordinals {
		const ordinals = new Ordinals();
		ordinals.#tally = new Tally();
		return ordinals;
	}

	/** False where this row is earlier than one before it, and what came before is forgotten: it has to be counted again. */
	knows(timestamp: string): boolean {
		return this.#tally !== undefined || timestamp >= this.#latest;
	}

	/** The ordinal of a row among those equal to it so far. */
	next(identity: string, timestamp: string): number {
		if (this.#tally) return this.#tally.add(identity);
		if (timestamp !== this.#latest) {
			this.#latest = timestamp;
			this.#counts.clear();
		}
		const ordinal = this.#counts.get(identity) ?? 0;
		this.#counts.set(identity, ordinal + 1);
		return ordinal;
	}

	state(): OrdinalsState {
		if (this.#tally || this.#counts.size > keptCounts) return "recount";
		return { latest: this.#latest, counts: Object.fromEntries(this.#counts) };
	}
}

/**
 * Counts how often each identity was seen, in 12 bytes an identity instead of the hundred of a Map: a file of ten
 * million rows out of order fits.
 *
 * Open addressing over 48 bits of the identity. Two identities that share them only share their count, which makes an
 * ordinal higher than it need be, and it stays unique.
 */
export class Tally {
	#keys = new Float64Array(1024);
	#counts = new Uint32Array(1024);
	#size = 0;

	/** How often it was seen before. */
	add(identity: string): number {
		if (this.#size * 2 >= this.#keys.length) this.#grow();
		// The identity is a base64url hash: eight of its characters are 48 bits.
		const key = Buffer.from(identity.slice(0, 8), "base64url").readUIntBE(0, 6);
		const slot = this.#findSlot(key);
		const seen = this.#counts[slot] ?? 0;
		if (seen === 0) this.#size++;
		this.#keys[slot] = key;
		this.#counts[slot] = seen + 1;
		return seen;
	}

	#findSlot(key: number): number {
		let slot = key % this.#keys.length;
		while (this.#counts[slot] !== 0 && this.#keys[slot] !== key) slot = (slot + 1) % this.#keys.length;
		return slot;
	}

	#grow(): void {
		const [keys, counts] = [this.#keys, this.#counts];
		this.#keys = new Float64Array(keys.length * 2);
		this.#counts = new Uint32Array(keys.length * 2);
		for (const [index, key] of keys.entries()) {
			if (counts[index] === 0) continue;
			const slot = this.#findSlot(key);
			this.#keys[slot] = key;
			this.#counts[slot] = counts[index] ?? 0;
		}
	}
}
