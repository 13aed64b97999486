import type { JobMeasures } from "../measures/jobs.ts";
import { type Figure, percentileFigures, ratio, toUsd } from "./figure.ts";

const maxNames = 5;

const countUnpriced = (m: JobMeasures) => Object.values(m.unpricedMinutes).reduce((sum, minutes) => sum + minutes, 0);

/** What jobs took and cost; figures of runs and of runners alike. */
export const minuteFigures: readonly Figure<JobMeasures>[] = [
	{
		name: "jobs",
		label: "Jobs",
		unit: "count",
		value: (m) => m.jobs,
		about: "Jobs that ran, each attempt for itself. Jobs that a re-run took over count where they ran.",
		isDataOnly: true,
		column: { title: "Jobs", importance: 35 },
	},
	{
		name: "minutes",
		label: "Runner minutes",
		short: "Minutes",
		unit: "whole minutes",
		value: (m) => (m.jobs === 0 ? null : m.minutes),
		n: (m) => m.jobs,
		of: "job",
		says: "of {n}, each rounded up",
		about: "The minutes of all jobs, each rounded up to whole minutes, as GitHub bills them.",
		better: "lower",
		column: { title: "Minutes", importance: 75 },
	},
	{
		name: "wasted_minutes",
		label: "Minutes wasted",
		unit: "whole minutes",
		value: (m) => (m.jobs === 0 ? null : m.wastedMinutes),
		about: "The minutes of jobs that failed, were cancelled or ran again, each job once.",
		better: "lower",
		isDataOnly: true,
	},
	{
		name: "wasted_share",
		label: "Share of minutes wasted",
		unit: "rate",
		value: (m) => ratio(m.wastedMinutes, m.minutes),
		n: (m) => m.minutes,
		of: "minute",
		about: "The share of the minutes that went to jobs that failed, were cancelled or ran again.",
		better: "lower",
		beside: ["minutes", "{value} failed, cancelled or run again"],
		isWeekly: true,
		column: { title: "Wasted", importance: 34 },
	},
	{
		name: "cost_usd",
		label: "Charged",
		short: "Cost",
		unit: "usd",
		value: (m) => toUsd(m.chargedNanoUsd),
		isAtLeast: (m) => countUnpriced(m) > 0,
		about:
			"US dollars at GitHub's list prices for the time of each job, before the minutes that an account has included. Standard runners are free in public repositories, self-hosted runners always.",
		better: "lower",
		remarks: (m) => (m.chargedNanoUsd === null ? [] : ["list price, before included minutes"]),
		column: { title: "Cost", importance: 85 },
	},
	{
		name: "list_cost_usd",
		label: "List price",
		unit: "usd",
		value: (m) => toUsd(m.listNanoUsd),
		isAtLeast: (m) => countUnpriced(m) > 0,
		about: "What the same minutes would cost at list prices if public repositories were charged.",
		better: "lower",
		beside: ["cost_usd", "{value} if public repositories were charged"],
		isWorthShowing: (m) => (m.listNanoUsd ?? 0) > (m.chargedNanoUsd ?? 0),
		isWeekly: true,
		column: { title: "List price", importance: 30 },
	},
	{
		name: "unpriced_minutes",
		label: "Minutes without a price",
		unit: "whole minutes",
		value: countUnpriced,
		about: "Minutes on runners with unknown prices. With any, both costs are lower bounds.",
		better: "lower",
		beside: ["cost_usd", "{value} minute{s} without a known price: {remarks}"],
		remarks: (m) => {
			const names = Object.entries(m.unpricedMinutes)
				.sort(([, one], [, other]) => other - one)
				.map(([name]) => name || "(none)");
			return [[...names.slice(0, maxNames), ...(names.length > maxNames ? ["…"] : [])].join("; ")];
		},
	},
];

/** The figures of the jobs on one kind of runner. */
export const runnerFigures: readonly Figure<JobMeasures>[] = [
	...minuteFigures,
	...percentileFigures<JobMeasures>({
		name: ["queue", "seconds"],
		nName: "queue_known",
		label: "Waiting for a runner",
		unit: "seconds",
		values: (m) => m.waits,
		of: "job",
		about: "time that a job waited for its runner: from being queued to its start.",
		columns: [
			{ title: "Queue p50", importance: 80 },
			{ title: "p95", importance: 75 },
		],
	}),
];
