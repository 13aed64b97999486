import type { Overview } from "@tidemark/stats";
import { blocks, plainText, table } from "./markdown.ts";
import { count, percentage, span, unknown } from "./numbers.ts";
import type { Weeks } from "./weeks.ts";

export type Workflow = Overview["ci"]["workflows"][number];

/** More would not be looked at; the folded figures below have them all. */
export const mostWorkflows = 10;

/** The workflows with the most runs. */
export function workflowTable({ now }: Weeks): string {
	const { workflows } = now.ci;
	return blocks(
		table(
			[
				{ title: "Workflow", align: "left", cell: nameOf },
				{ title: "Runs", align: "right", cell: ({ runs }) => count(runs) },
				{ title: "Success", align: "left", cell: ({ success }) => bar(success.rate) },
				{ title: "Median", align: "right", cell: ({ duration }) => spanOf(duration.p50) },
				{ title: "95th", align: "right", cell: ({ duration }) => spanOf(duration.p95) },
				{ title: "Minutes", align: "right", cell: ({ runners }) => countOf(runners.minutes) },
			],
			workflows.slice(0, mostWorkflows),
		),
		more(workflows.length),
	);
}

export function nameOf({ repository, workflow }: Pick<Workflow, "repository" | "workflow">): string {
	return `${plainText(repository)} / **${plainText(workflow ?? "(no name)")}**`;
}

/** Says how many of all were not shown. */
export function more(all: number): string {
	return all > mostWorkflows ? `and ${count(all - mostWorkflows)} more` : "";
}

/** `█████████░ 92.3 %` */
function bar(rate: number | null): string {
	if (rate === null) return unknown;
	const full = Math.round(rate * 10);
	return `${"█".repeat(full)}${"░".repeat(10 - full)} ${percentage(rate)}`.replaceAll(" ", "\u00a0");
}

function spanOf(seconds: number | null): string {
	return seconds === null ? unknown : span(seconds);
}

function countOf(value: number | null): string {
	return value === null ? unknown : count(value);
}
