import { z } from "zod";
import { Tally } from "./tally.ts";

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
