import { Expectation } from "./figures/expectation.ts";

/** One figure: what it has to be and what `stats` says. */
export interface Comparison {
	/** `ci.workflows[acme/harbour CI].minutes` */
	readonly path: string;
	readonly expected: unknown;
	readonly actual: unknown;
	readonly isEqual: boolean;
}

/** What distinguishes the entries of a list, wherever they stand. */
const identity = ["repository", "workflow", "job", "labels", "name", "source", "target"];

/** Compares all figures of two documents; one that only one of them has is unequal. Order counts in lists of entries. */
export function compare(expected: unknown, actual: unknown, path = ""): Comparison[] {
	if (expected instanceof Expectation) {
		return [{ path, expected: expected.words, actual, isEqual: expected.isMetBy(actual) }];
	}
	if (Array.isArray(expected) && Array.isArray(actual)) {
		return [...expected, ...actual].some(isRecord)
			? compareEntries(expected, actual, path)
			: compareLists(expected, actual, path);
	}
	if (isRecord(expected) && isRecord(actual)) {
		const names = [...new Set([...Object.keys(expected), ...Object.keys(actual)])];
		return names.flatMap((name) => compare(expected[name], actual[name], path === "" ? name : `${path}.${name}`));
	}
	return [{ path, expected, actual, isEqual: isEqual(expected, actual, path) }];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

function compareLists(expected: readonly unknown[], actual: readonly unknown[], path: string): Comparison[] {
	const length = Math.max(expected.length, actual.length);
	return Array.from({ length }, (_, index) => compare(expected[index], actual[index], `${path}[${index}]`)).flat();
}

function compareEntries(expected: readonly unknown[], actual: readonly unknown[], path: string): Comparison[] {
	const byKey = (entries: readonly unknown[]) => new Map(entries.map((entry) => [keyOf(entry), entry]));
	const [wanted, said] = [byKey(expected), byKey(actual)];
	const keys = [...new Set([...wanted.keys(), ...said.keys()])];
	const compared = keys.flatMap((key) => compare(wanted.get(key), said.get(key), `${path}[${key}]`));
	// Missing entries are reported already.
	const [order, saidOrder] = [wanted, said].map((entries) =>
		[...entries.keys()].filter((key) => wanted.has(key) && said.has(key)).join(", "),
	);
	return [...compared, { path: `${path} in order`, expected: order, actual: saidOrder, isEqual: order === saidOrder }];
}

function keyOf(entry: unknown): string {
	if (!isRecord(entry)) return String(entry);
	const parts = identity.flatMap((name) => (name in entry ? [String(entry[name])] : []));
	return parts.length > 0 ? parts.join(" ") : String(entry.outcome);
}

/** Percentiles may come from bins of one percent; sums of binary fractions differ in their last digits. */
function isEqual(expected: unknown, actual: unknown, path: string): boolean {
	if (typeof expected !== "number" || typeof actual !== "number") return expected === actual;
	const isPercentile = /(_p\d\d_|median_)\w+$/.test(path);
	const largest = Math.max(Math.abs(expected), Math.abs(actual), 1e-6);
	return Math.abs(expected - actual) <= largest * (isPercentile ? 0.01 : 1e-9);
}
