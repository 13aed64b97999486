import type { Comparison } from "./compare.ts";
import { expectedDifferences } from "./expected-differences.ts";

const maxShown = 12;

/** Collects what differs, reports it at once, and knows what was expected to. */
export class Differences {
	compared = 0;
	readonly #say: (line: string) => void;
	readonly #met = new Set<RegExp>();
	#unexpected = 0;

	constructor(say: (line: string) => void) {
		this.#say = say;
	}

	/** One line for a question, and one for each figure that nobody expected to differ. */
	note(world: string, question: string, comparisons: readonly Comparison[]): void {
		const unequal = comparisons.filter(({ isEqual }) => !isEqual);
		const unexpected = unequal.filter(({ path }) => !this.#isExpected(world, path));
		const expected = unequal.length - unexpected.length;
		this.compared += comparisons.length;
		this.#unexpected += unexpected.length;
		const words = [
			`${comparisons.length} figures`,
			...(expected > 0 ? [`${expected} differ as expected`] : []),
			unexpected.length > 0 ? `${unexpected.length} DIFFER` : "equal",
		];
		this.#say(`${world}  stats ${question}: ${words.join(", ")}`);
		for (const { path, expected, actual } of unexpected.slice(0, maxShown)) {
			this.#say(`    ${path}\n        recomputed ${shown(expected)}\n        stats says ${shown(actual)}`);
		}
		if (unexpected.length > maxShown) this.#say(`    and ${unexpected.length - maxShown} more`);
	}

	/** What is wrong in the end: also a difference that was expected and is gone. */
	faults(): string[] {
		const gone = expectedDifferences.filter(({ path }) => !this.#met.has(path));
		return [
			...(this.#unexpected > 0 ? [`${this.#unexpected} figures differ.`] : []),
			...gone.map(({ path }) => `${path} does not differ any more: delete it from recompute/expected-differences.ts.`),
		];
	}

	#isExpected(world: string, path: string): boolean {
		const found = expectedDifferences.filter((each) => (each.world ?? world) === world && each.path.test(path));
		for (const each of found) this.#met.add(each.path);
		return found.length > 0;
	}
}

function shown(value: unknown): string {
	const text = JSON.stringify(value) ?? "nothing";
	return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}
