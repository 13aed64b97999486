/** How the values of one measure add up; without values it returns that of nothing. */
export type Column<Value> = (values: readonly Value[]) => Value;

/** The measures of a family, by the columns that it declares. */
export type Measures<Columns> = {
	readonly [Name in keyof Columns]: Columns[Name] extends Column<infer Value> ? Value : never;
};

/** Counts, minutes and the like: integers, so that the order of addition cannot matter. */
export const sum: Column<number> = (values) => values.reduce((sum, value) => sum + value, 0);

/** The sum of what is known; null when nothing is. Integers too. */
export const addKnown: Column<number | null> = (values) =>
	values.reduce((sum, value) => (value === null ? sum : (sum ?? 0) + value), null);

/** How often each name occurs. */
export type Counts = Readonly<Record<string, number>>;

export const addCounts: Column<Counts> = (values) => {
	const total = new Map<string, number>();
	for (const [name, count] of values.flatMap(Object.entries<number>)) total.set(name, (total.get(name) ?? 0) + count);
	return Object.fromEntries(total);
};

/** Canonical instants sort as text. */
export const findEarliest: Column<string | null> = (instants) =>
	instants.reduce((best, instant) => (best === null || (instant !== null && instant < best) ? instant : best), null);

export const findLatest: Column<string | null> = (instants) =>
	instants.reduce((best, instant) => (best === null || (instant !== null && instant > best) ? instant : best), null);

/** Returns what adds up the measures of cells. A cell may lack columns; no cells make the measures of nothing. */
export function createMerge<Columns extends Readonly<Record<string, (values: readonly never[]) => unknown>>>(
	columns: Columns,
): (cells: readonly { readonly measures: Partial<Measures<Columns>> }[]) => Measures<Columns> {
	return (cells) => {
		// Most cells have few of the columns, so their own are gone through.
		const values = new Map<string, unknown[]>(Object.keys(columns).map((name) => [name, []]));
		for (const { measures } of cells) {
			for (const [name, value] of Object.entries(measures)) values.get(name)?.push(value);
		}
		// The types say it: under its name a column finds its own values.
		const merged = Object.entries(columns).map(([name, merge]) => [name, merge(values.get(name) as never[])]);
		return Object.fromEntries(merged) as Measures<Columns>;
	};
}
