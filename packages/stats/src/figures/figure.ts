import { countValues, type Histogram, percentile } from "../math/histogram.ts";

/**
 * How a value is written; JSON and CSV have it raw. Of a `size` only the size matters, `usd` are US dollars, a `rate` is a
 * share from 0 to 1, `whole minutes` are counted and billed rather than waited for, an `instant` is canonical.
 */
export type Unit =
	| ("count" | "size" | "usd" | "rate" | "instant" | "outcomes")
	| ("ms" | "seconds" | "minutes" | "hours" | "whole minutes");

export interface OutcomeCount {
	readonly outcome: string;
	readonly runs: number;
}

export type FigureValue = number | string | null | readonly OutcomeCount[];

/**
 * One figure: what it is called, how it follows from measures, and what it means. Documents, renderers and
 * docs/figures.md take figures from lists, so an entry in a list is all that a new figure needs.
 */
export interface Figure<M> {
	/** In JSON and CSV: snake_case, never changed. */
	readonly name: string;
	readonly label: string;
	readonly unit: Unit;
	/** Null when it is not known. */
	value(measures: M): FigureValue;
	readonly n?: Basis<M>;
	/** The definition, in words. */
	readonly about: string;
	readonly better?: "higher" | "lower";
	/** The value is a lower bound. */
	isAtLeast?(measures: M): boolean;
	/** The label of its line among key figures, if shorter. */
	readonly short?: string;
	/** What is said of n beside the value; empty for nothing. Default: `of {n}`. */
	readonly says?: string;
	/** Without a line of its own: shown beside the figure of this name, in these words; see `fill` for what is in {braces}. */
	readonly beside?: readonly [name: string, words: string];
	/** Whether it is worth being shown beside another. */
	isWorthShowing?(measures: M): boolean;
	/** What else has to be known to read the value. */
	remarks?(measures: M): readonly string[];
	/** Only for programs: neither a line nor beside another. */
	readonly isDataOnly?: true;
	/** Compared week by week. Default: whether it has a line of its own. */
	readonly isWeekly?: true;
	/** Its sum in each piece of time is shown as a trend. */
	readonly hasTrend?: true;
	/** A column of tables; the less important ones go first if the room is short. Without one: only in JSON and CSV. */
	readonly column?: FigureColumn;
}

/** What a value rests on. */
export interface Basis<M> {
	/** How many: n. */
	count(measures: M): number;
	/** What they are, singular or both forms: `run`, `["time red", "times red"]`. */
	readonly of: string | readonly [one: string, many: string];
	/** The name of n in JSON and CSV. */
	readonly name?: string;
}

interface FigureColumn {
	readonly title: string;
	readonly importance: number;
	/** n stands behind the value. */
	readonly hasN?: true;
	/** Left out if no row has a value other than 0. */
	readonly hidesZeros?: true;
}

type Words<M> = Omit<Figure<M>, "name" | "label" | "unit" | "value">;

export function defineFigure<M>(
	name: string,
	label: string,
	unit: Unit,
	value: (measures: M) => FigureValue,
	words: Words<M>,
): Figure<M> {
	return { name, label, unit, value, ...words };
}

/** A share of n. */
export function defineRate<M>(
	name: string,
	label: string,
	part: (measures: M) => number,
	words: Words<M> & { readonly n: Basis<M> },
): Figure<M> {
	return defineFigure(name, label, "rate", (m) => ratio(part(m), words.n.count(m)), words);
}

interface PercentileWords extends Pick<Basis<never>, "of" | "name"> {
	readonly short?: string;
	/** What the times are: follows "The median". */
	readonly about: string;
	/** The title of the median's column, and how important both columns are. */
	readonly column: readonly [title: string, median: number, p95: number];
}

/** The number of values from which there is a p95: below it the largest one would decide it alone. */
const minForP95 = 20;

/** The median of some times and, beside it, their 95th percentile: `duration_p50_ms`, `duration_p95_ms`. */
export function definePercentiles<M>(
	name: string,
	label: string,
	unit: "ms" | "seconds",
	values: (measures: M) => Histogram,
	{ short = label, of, name: nName, about, column: [title, ...importance] }: PercentileWords,
): readonly Figure<M>[] {
	const count = (m: M) => countValues(values(m));
	const medianName = `${name}_p50_${unit}`;
	const p95 = (m: M) => (count(m) < minForP95 ? null : roundMicro(percentile(values(m), 0.95)));
	return [
		defineFigure(medianName, `${label}, median`, unit, (m) => median(values(m)), {
			n: { count, of },
			about: `The median ${about}`,
			better: "lower",
			short,
			says: "median of {n}",
			column: { title, importance: importance[0] },
		}),
		defineFigure(`${name}_p95_${unit}`, `${label}, 95th percentile`, unit, p95, {
			n: { count, of, ...(nName && { name: nName }) },
			about: `The 95th percentile of the same. Not known under ${minForP95}: the largest one would decide it alone.`,
			better: "lower",
			beside: [medianName, "p95 {value}"],
			isWeekly: true,
			column: { title: "p95", importance: importance[1] },
		}),
	];
}

/** Rounded, so that interpolation leaves no trace of binary fractions. */
export function median(values: Histogram): number | null {
	return roundMicro(percentile(values, 0.5));
}

/** Null if there is nothing to divide, or nothing to divide by. */
export function ratio(part: number | null, whole: number): number | null {
	return part === null || whole === 0 ? null : part / whole;
}

export function toUsd(nanoUsd: number | null): number | null {
	return nanoUsd === null ? null : nanoUsd / 1e9;
}

function roundMicro(value: number | null): number | null {
	return value === null ? null : Math.round(value * 1e6) / 1e6;
}
