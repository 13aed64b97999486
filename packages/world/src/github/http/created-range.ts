import { Violation } from "../../simulator.ts";

const dayMs = 86_400_000;

/**
 * The test that a `created` filter makes of a time in milliseconds. GitHub's search syntax for dates: `a..b`, `*..b`,
 * `a..*`, `>a`, `>=a`, `<b`, `<=b` or one date, each a day or a time to the second, and both ends belong to it.
 * @throws Violation for anything else: GitHub finds nothing then, and a test is to notice
 */
export function parseCreated(text: string): (createdAt: number) => boolean {
	const [from, to] = bounds(text);
	return (createdAt) => {
		const second = Math.floor(createdAt / 1000) * 1000;
		return from <= second && second < to;
	};
}

/** From, included, and to, excluded. */
function bounds(text: string): readonly [number, number] {
	const [, sign, single] = /^(>=|<=|>|<)(.+)$/.exec(text) ?? [];
	if (sign !== undefined && single !== undefined) {
		const { start, end } = span(single);
		if (sign === ">=") return [start, Number.POSITIVE_INFINITY];
		if (sign === ">") return [end, Number.POSITIVE_INFINITY];
		return [Number.NEGATIVE_INFINITY, sign === "<=" ? end : start];
	}
	const [first = "", last] = text.split("..", 2);
	if (last === undefined) {
		const { start, end } = span(first);
		return [start, end];
	}
	return [
		first === "*" ? Number.NEGATIVE_INFINITY : span(first).start,
		last === "*" ? Number.POSITIVE_INFINITY : span(last).end,
	];
}

/** The milliseconds that a day or a second fills. */
function span(text: string): { readonly start: number; readonly end: number } {
	const isDay = /^\d{4}-\d\d-\d\d$/.test(text);
	const isTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/.test(text);
	const start = isDay || isTime ? Date.parse(text) : Number.NaN;
	if (Number.isNaN(start)) throw new Violation(`"${text}" is neither a date nor a time of the search syntax`);
	const whole = isDay ? start : Math.floor(start / 1000) * 1000;
	return { start: whole, end: whole + (isDay ? dayMs : 1000) };
}
