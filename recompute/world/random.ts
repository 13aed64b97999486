/** The same numbers for the same seed, on every machine (mulberry32, public domain, by Tommy Ettinger). */
export class Random {
	#state: number;

	constructor(seed: number) {
		this.#state = seed;
	}

	/** In [0, 1). */
	next(): number {
		this.#state = (this.#state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	}

	/** Both ends belong to it. */
	integer(from: number, to: number): number {
		return from + Math.floor(this.next() * (to - from + 1));
	}

	chance(probability: number): boolean {
		return this.next() < probability;
	}

	pick<Item>(items: readonly Item[]): Item {
		const item = items[this.integer(0, items.length - 1)];
		if (item === undefined) throw new Error("There is nothing to pick from.");
		return item;
	}

	hex(digits: number): string {
		return Array.from({ length: digits }, () => this.integer(0, 15).toString(16)).join("");
	}
}
