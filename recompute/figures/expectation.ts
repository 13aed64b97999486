/** What a figure has to be like where nobody can say what it is exactly. */
export class Expectation {
	readonly words: string;
	readonly #matches: (actual: unknown) => boolean;

	constructor(words: string, matches: (actual: unknown) => boolean) {
		this.words = words;
		this.#matches = matches;
	}

	isMetBy(actual: unknown): boolean {
		return this.#matches(actual);
	}
}

export const aCount = new Expectation(
	"a whole number",
	(actual) => Number.isSafeInteger(actual) && Number(actual) >= 0,
);

export function numberBetween(low: number, high: number): Expectation {
	return new Expectation(`a number from ${low} to ${high}`, (actual) => {
		return typeof actual === "number" && actual >= low && actual <= high;
	});
}

/** Milliseconds since 1970. */
export function momentBetween(low: number, high: number): Expectation {
	const words = `a moment from ${new Date(low).toISOString()} to ${new Date(high).toISOString()}`;
	return new Expectation(words, (actual) => {
		const time = typeof actual === "string" ? Date.parse(actual) : Number.NaN;
		return time >= low && time <= high;
	});
}
