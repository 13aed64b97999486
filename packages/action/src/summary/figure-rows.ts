import type { CiFigures, Overview } from "@tidemark/stats";
import { count, money, percentage, size, span } from "./numbers.ts";

/** A figure of a week, comparable with that of another. */
export interface FigureRow {
	readonly title: string;
	readonly kind: "amount" | "rate";
	value(week: Overview): number | null;
	show(value: number): string;
	/** How many it rests on, and what else has to be said of it. */
	notes(week: Overview): readonly string[];
}

const none = () => [];
const of = (known: number) => `n = ${count(known)}`;

function rate(title: string, of_: (figures: CiFigures) => CiFigures["success"]): FigureRow {
	return {
		title,
		kind: "rate",
		value: ({ ci }) => of_(ci.total).rate,
		show: percentage,
		notes: ({ ci }) => [of(of_(ci.total).known)],
	};
}

/** Of GitHub Actions, pull requests and commits. */
export const ciRows: readonly FigureRow[] = [
	{ title: "Runs", kind: "amount", value: ({ ci }) => ci.total.runs, show: count, notes: none },
	rate("Success on the default branch", ({ onDefaultBranch }) => onDefaultBranch),
	rate("Success at the first attempt", ({ firstPass }) => firstPass),
	{
		title: "Duration, median",
		kind: "amount",
		value: ({ ci }) => ci.total.duration.p50,
		show: span,
		notes: ({ ci }) => [of(ci.total.duration.known)],
	},
	{
		title: "Duration, 95th percentile",
		kind: "amount",
		value: ({ ci }) => ci.total.duration.p95,
		show: span,
		notes: none,
	},
	{
		title: "Waiting for a runner, 95th percentile",
		kind: "amount",
		value: ({ ci }) => ci.total.queue.p95,
		show: span,
		notes: ({ ci }) => [of(ci.total.queue.known)],
	},
	{
		title: "Time to green, median",
		kind: "amount",
		value: ({ ci }) => ci.timeToGreen.median,
		show: span,
		notes: ({ ci }) => [of(ci.timeToGreen.closed)],
	},
	rate("Flaky runs", ({ flaky }) => flaky),
	rate("Runs that were run again", ({ rerun }) => rerun),
	{
		title: "Runner minutes",
		kind: "amount",
		value: ({ ci }) => ci.total.runners.minutes,
		show: count,
		notes: ({ ci }) => [`${count(ci.total.runners.jobs)} jobs`],
	},
	rate("Minutes wasted", ({ runners }) => runners.wasted),
	{
		title: "Runners at list price",
		kind: "amount",
		value: ({ ci }) => ci.total.runners.cost.listUsd,
		show: money,
		notes: ({ ci }) => {
			const { usd, unpricedMinutes } = ci.total.runners.cost;
			return [
				...(usd === null ? [] : [`${money(usd)} of it charged, before included minutes`]),
				...(unpricedMinutes > 0 ? [`${count(unpricedMinutes)} min without a price`] : []),
			];
		},
	},
	{
		title: "Pull requests merged",
		kind: "amount",
		value: ({ ci }) => ci.pullRequests.merged,
		show: count,
		notes: none,
	},
	{
		title: "Hours to merge, median",
		kind: "amount",
		value: ({ ci }) => ci.pullRequests.hoursToMerge,
		show: (hours) => span(hours * 3600),
		notes: none,
	},
	{ title: "Commits", kind: "amount", value: ({ ci }) => ci.commits, show: count, notes: none },
];

/** Of calls to language models. */
export const llmRows: readonly FigureRow[] = [
	{ title: "Calls", kind: "amount", value: ({ llm }) => llm.total.calls, show: count, notes: none },
	{
		title: "Cost",
		kind: "amount",
		value: ({ llm }) => llm.total.cost.usd,
		show: money,
		notes: ({ llm }) => {
			const { estimatedCalls, unpriced } = llm.total.cost;
			return [
				...(estimatedCalls > 0 ? [`${count(estimatedCalls)} calls estimated`] : []),
				...(unpriced > 0 ? [`${count(unpriced)} calls without a price`] : []),
			];
		},
	},
	{ title: "Tokens in", kind: "amount", value: ({ llm }) => llm.total.tokens.input, show: size, notes: none },
	{ title: "Tokens out", kind: "amount", value: ({ llm }) => llm.total.tokens.output, show: size, notes: none },
	{
		title: "Success",
		kind: "rate",
		value: ({ llm }) => llm.total.success.rate,
		show: percentage,
		notes: ({ llm }) => [of(llm.total.success.known)],
	},
	{
		title: "Duration, median",
		kind: "amount",
		value: ({ llm }) => seconds(llm.total.duration.p50),
		show: span,
		notes: ({ llm }) => [of(llm.total.duration.known)],
	},
	{
		title: "Duration, 95th percentile",
		kind: "amount",
		value: ({ llm }) => seconds(llm.total.duration.p95),
		show: span,
		notes: none,
	},
];

function seconds(milliseconds: number | null): number | null {
	return milliseconds === null ? null : milliseconds / 1000;
}
