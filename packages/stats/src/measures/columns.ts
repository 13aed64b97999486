import { type Histogram, mergeHistograms } from "../math/histogram.ts";

/** How the values of one measure add up. */
export interface Column<Value> {
	/** The value of nothing. */
	merge(values: readonly Value[]): Value;
}

type Columns = Readonly<Record<string, { merge(values: readonly never[]): unknown }>>;

/** The measures of a family, by the columns that it declares. */
export type Measures<Declared> = {
	readonly [Name in keyof Declared]: Declared[Name] extends Column<infer Value> ? Value : never;
};

/** Counts, minutes and the like: integers, so that the order of addition cannot matter. */
export const sum: Column<number> = { merge: (values) => values.reduce((sum, value) => sum + value, 0) };

/** A sum of what is known; null when nothing is. Integers too. */
export const knownSum: Column<number | null> = { merge: addKnown };

export const histogram: Column<Histogram> = { merge: mergeHistograms };

/** How often each name occurs. */
export type Counts = Readonly<Record<string, number>>;

export const counts: Column<Counts> = {
	merge(values) {
		const total = new Map<string, number>();
		for (const value of values) {
			for (const [name, count] of Object.entries(value)) total.set(name, (total.get(name) ?? 0) + count);
		}
		return Object.fromEntries(total);
	},
};

/** Canonical instants sort as text. */
export const earliest: Column<string | null> = {
	merge: (instants) => findExtreme(instants, (one, other) => one < other),
};
export const latest: Column<string | null> = {
	merge: (instants) => findExtreme(instants, (one, other) => one > other),
};

/** The sum of what is known; null when nothing is. */
export function addKnown(values: readonly (number | null)[]): number | null {
	return values.reduce((sum, value) => (value === null ? sum : (sum ?? 0) + value), null);
}

function findExtreme(instants: readonly (string | null)[], comesFirst: (one: string, other: string) => boolean) {
	return instants.reduce((best, instant) => {
		return best === null || (instant !== null && comesFirst(instant, best)) ? instant : best;
	}, null);
}

/** Adds up measures of a family. A part may lack columns; measures of no parts are those of nothing. */
export function mergeMeasures<Declared extends Columns>(
	columns: Declared,
	parts: readonly Partial<Measures<Declared>>[],
): Measures<Declared> {
	// Most parts have few of the columns, so their own are gone through.
	const values = new Map<string, unknown[]>(Object.keys(columns).map((name) => [name, []]));
	for (const part of parts) {
		for (const [name, value] of Object.entries(part)) values.get(name)?.push(value);
	}
	// The types say it: under its name a column finds its own values.
	const merged = Object.entries(columns).map(([name, column]) => [name, column.merge(values.get(name) as never[])]);
	return Object.fromEntries(merged) as Measures<Declared>;
}
