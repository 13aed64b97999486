import type { Overview } from "@tidemark/stats";
import { change } from "./change.ts";
import { blocks, plainText, table } from "./markdown.ts";
import { moment, plural, span } from "./numbers.ts";
import type { Weeks } from "./weeks.ts";
import { more, mostWorkflows as most, nameOf, type Workflow } from "./workflow-table.ts";

/** Fewer runs than this say nothing about a workflow's speed. */
const fewestRuns = 5;
const slowerBy = 1.2;
const slowerBySeconds = 30;
const mostFlaky = 3;

/** What somebody should look at: red workflows, workflows that became slower, jobs that flake. */
export function redAndSlow({ now, before }: Weeks): string {
	return blocks(redTable(now), slowTable(now, before), flakyTable(now));
}

function redTable({ ci }: Overview): string {
	const rows = table(
		[
			{ title: "Red on the default branch", align: "left", cell: nameOf },
			{
				title: "Since",
				align: "left",
				cell: ({ openedAt, isOpenedAtStart }) => `${isOpenedAtStart ? "at least " : ""}${moment(openedAt)}`,
			},
		],
		ci.red.slice(0, most),
	);
	if (rows !== "" || ci.total.runs === 0) return blocks(rows, more(ci.red.length));
	return "Nothing is red on the default branch.";
}

function slowTable({ ci }: Overview, before: Overview): string {
	const earlier = new Map(before.ci.workflows.map((workflow) => [keyOf(workflow), workflow.duration]));
	const slower = ci.workflows
		.flatMap((workflow) => {
			const { p50: was, known: wasKnown } = earlier.get(keyOf(workflow)) ?? { p50: null, known: 0 };
			const { p50: is, known } = workflow.duration;
			if (is === null || was === null || Math.min(known, wasKnown) < fewestRuns) return [];
			return is > was * slowerBy && is - was > slowerBySeconds ? [{ ...workflow, is, was }] : [];
		})
		.sort((one, other) => other.is - other.was - (one.is - one.was));
	return blocks(
		table(
			[
				{ title: "Slower than the week before", align: "left", cell: nameOf },
				{ title: "Median", align: "right", cell: ({ is }) => span(is) },
				{ title: "Before", align: "right", cell: ({ was }) => span(was) },
				{ title: "Change", align: "right", cell: ({ is, was }) => change(is, was, "amount") },
			],
			slower.slice(0, most),
		),
		more(slower.length),
	);
}

function flakyTable({ ci }: Overview): string {
	return table(
		[
			{
				title: "Flaky job",
				align: "left",
				cell: (job) => `${nameOf(job)} / ${plainText(job.name ?? "(no name)")}`,
			},
			{ title: "Failed", align: "right", cell: ({ failures }) => plural(failures, "time") },
			{ title: "Lost", align: "right", cell: ({ minutesLost }) => span(minutesLost * 60) },
		],
		ci.flakyJobs.slice(0, mostFlaky),
	);
}

function keyOf({ repository, workflow }: Workflow): string {
	return JSON.stringify([repository, workflow]);
}
