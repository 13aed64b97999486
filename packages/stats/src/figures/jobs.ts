import type { JobMeasures } from "../measures/jobs.ts";
import { defineFigure, definePercentiles, defineRate, type Figure, toUsd } from "./figure.ts";

const maxNames = 5;

const countUnpriced = (m: JobMeasures) => Object.values(m.unpricedMinutes).reduce((sum, minutes) => sum + minutes, 0);
const hasUnpriced = (m: JobMeasures) => countUnpriced(m) > 0;

/** What jobs took and cost; figures of runs and of runners alike. */
export const minuteFigures: readonly Figure<JobMeasures>[] = [
	defineFigure("jobs", "Jobs", "count", (m) => m.jobs, {
		about: "Jobs that ran, each attempt for itself. Jobs that a re-run took over count where they ran.",
		isDataOnly: true,
		column: { title: "Jobs", importance: 35 },
	}),
	defineFigure("minutes", "Runner minutes", "whole minutes", (m) => (m.jobs === 0 ? null : m.minutes), {
		n: { count: (m) => m.jobs, of: "job" },
		short: "Minutes",
		says: "of {n}, each rounded up",
		about: "The minutes of all jobs, each rounded up to whole minutes, as GitHub bills them.",
		better: "lower",
		column: { title: "Minutes", importance: 75 },
	}),
	defineFigure("wasted_minutes", "Minutes wasted", "whole minutes", (m) => (m.jobs === 0 ? null : m.wastedMinutes), {
		about: "The minutes of jobs that failed, were cancelled or ran again, each job once.",
		better: "lower",
		isDataOnly: true,
	}),
	defineRate("wasted_share", "Share of minutes wasted", (m) => m.wastedMinutes, {
		n: { count: (m) => m.minutes, of: "minute" },
		about: "The share of the minutes that went to jobs that failed, were cancelled or ran again.",
		better: "lower",
		beside: ["minutes", "{value} failed, cancelled or run again"],
		isWeekly: true,
		column: { title: "Wasted", importance: 34 },
	}),
	defineFigure("cost_usd", "Charged", "usd", (m) => toUsd(m.chargedNanoUsd), {
		isAtLeast: hasUnpriced,
		short: "Cost",
		about:
			"US dollars at GitHub's list prices for the time of each job, before the minutes that an account has included. Standard runners are free in public repositories, self-hosted runners always.",
		better: "lower",
		remarks: (m) => (m.chargedNanoUsd === null ? [] : ["list price, before included minutes"]),
		column: { title: "Cost", importance: 85 },
	}),
	defineFigure("list_cost_usd", "List price", "usd", (m) => toUsd(m.listNanoUsd), {
		isAtLeast: hasUnpriced,
		about: "What the same minutes would cost at list prices if public repositories were charged.",
		better: "lower",
		beside: ["cost_usd", "{value} if public repositories were charged"],
		isWorthShowing: (m) => (m.listNanoUsd ?? 0) > (m.chargedNanoUsd ?? 0),
		isWeekly: true,
		column: { title: "List price", importance: 30 },
	}),
	defineFigure("unpriced_minutes", "Minutes without a price", "whole minutes", countUnpriced, {
		about: "Minutes on runners with unknown prices. With any, both costs are lower bounds.",
		better: "lower",
		beside: ["cost_usd", "{value} minute{s} without a known price: {remarks}"],
		remarks: (m) => [nameUnpriced(m)],
	}),
];

/** The figures of the jobs on one kind of runner. */
export const runnerFigures: readonly Figure<JobMeasures>[] = [
	...minuteFigures,
	...definePercentiles<JobMeasures>("queue", "Waiting for a runner", "seconds", (m) => m.waits, {
		of: "job",
		name: "queue_known",
		about: "time that a job waited for its runner: from being queued to its start.",
		column: ["Queue p50", 80, 75],
	}),
];

/** The runners with the most minutes first. */
function nameUnpriced({ unpricedMinutes }: JobMeasures): string {
	const names = Object.entries(unpricedMinutes)
		.sort(([, one], [, other]) => other - one)
		.map(([name]) => name || "(none)");
	return [...names.slice(0, maxNames), ...(names.length > maxNames ? ["…"] : [])].join("; ");
}
