import { countValues, type Histogram, percentile } from "../math/histogram.ts";

/** How a value is written; JSON and CSV have it raw. */
export type Unit =
	| "count"
	/** Large numbers of which only the size matters. */
	| "size"
	/** US dollars. */
	| "usd"
	/** A share from 0 to 1. */
	| "rate"
	/** Spans of time, by the unit of the raw value. */
	| "ms"
	| "seconds"
	| "minutes"
	| "hours"
	/** Minutes that are counted and billed rather than waited for. */
	| "whole minutes"
	/** A canonical instant. */
	| "instant"
	/** The runs behind each outcome. */
	| "outcomes";

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
	/** How many the value rests on. */
	n?(measures: M): number;
	/** What they are, singular or both forms: `run`, `["time red", "times red"]`. */
	readonly of?: string | readonly [one: string, many: string];
	/** The name of n in JSON and CSV. */
	readonly nName?: string;
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

interface FigureColumn {
	readonly title: string;
	readonly importance: number;
	/** n stands behind the value. */
	readonly hasN?: true;
	/** Left out if no row has a value other than 0. */
	readonly hidesZeros?: true;
}

/** The number of values from which there is a p95: below it the largest one would decide it alone. */
const minForP95 = 20;

/** Rounded, so that interpolation leaves no trace of binary fractions. */
export function median(values: Histogram): number | null {
	return roundMicro(percentile(values, 0.5));
}

interface Percentiles<M> extends Pick<Figure<M>, "of"> {
	/** Before and after the percentile: `duration_p50_ms`. */
	readonly name: readonly [begin: string, end: string];
	readonly nName?: string;
	readonly label: string;
	readonly short?: string;
	readonly unit: Unit;
	values(measures: M): Histogram;
	/** What the times are: follows "The median". */
	readonly about: string;
	readonly columns: readonly [median: FigureColumn, p95: FigureColumn];
}

/** The median of some times and, beside it, their 95th percentile. */
export function percentileFigures<M>(times: Percentiles<M>): readonly Figure<M>[] {
	const { name, nName, label, short, unit, values, of, about, columns } = times;
	const n = (m: M) => countValues(values(m));
	const same = { unit, n, better: "lower", ...(of && { of }) } as const;
	const medianName = `${name[0]}_p50_${name[1]}`;
	return [
		{
			...same,
			...{ name: medianName, label: `${label}, median`, ...(short && { short }), says: "median of {n}" },
			value: (m) => median(values(m)),
			about: `The median ${about}`,
			column: columns[0],
		},
		{
			...same,
			...{ name: `${name[0]}_p95_${name[1]}`, label: `${label}, 95th percentile`, ...(nName && { nName }) },
			value: (m) => (n(m) < minForP95 ? null : roundMicro(percentile(values(m), 0.95))),
			about: `The 95th percentile of the same. Not known under ${minForP95}: the largest one would decide it alone.`,
			beside: [medianName, "p95 {value}"],
			isWeekly: true,
			column: columns[1],
		},
	];
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
