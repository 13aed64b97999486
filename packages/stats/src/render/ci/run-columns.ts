import type { CiFigures } from "../../ci/ci-figures.ts";
import type { RunGroup, WorkflowGroup } from "../../ci/runs.ts";
import { nameOf } from "../clean-text.ts";
import { count, percentage, seconds, size, unknown } from "../numbers.ts";
import type { Column } from "../text-table.ts";
import { chargedMoney, minutes } from "./key-figures.ts";

export function workflowColumns(isCompact: boolean, areSeveral: boolean): Column<WorkflowGroup>[] {
	return [
		...repositoryColumn(areSeveral),
		{ title: "Workflow", weight: 100, align: "left", text: ({ workflow }) => nameOf(workflow), cutTo: 14 },
		...figureColumns(isCompact),
	];
}

export function repositoryColumns(isCompact: boolean): Column<RunGroup>[] {
	return [
		{ title: "Repository", weight: 100, align: "left", text: ({ name }) => nameOf(name), cutTo: 16, keepsEnd: true },
		...figureColumns(isCompact),
	];
}

export function dayColumns(isCompact: boolean): Column<RunGroup>[] {
	return [{ title: "Day", weight: 100, align: "left", text: ({ name }) => name }, ...figureColumns(isCompact)];
}

/** Workflows of the same name are common: where there are several repositories, each is told with its own. */
export function repositoryColumn(areSeveral: boolean): Column<{ readonly repository: string }>[] {
	const text = ({ repository }: { readonly repository: string }) => nameOf(repository);
	return areSeveral ? [{ title: "Repository", weight: 98, align: "left", text, cutTo: 12, keepsEnd: true }] : [];
}

function figureColumns(isCompact: boolean): Column<CiFigures>[] {
	const right = (title: string, weight: number, text: (group: CiFigures) => string) =>
		({ title, weight, text, align: "right" }) as const;
	return [
		right("Runs", 95, ({ runs }) => count(runs)),
		right("Success (n)", 90, ({ success }) =>
			success.known ? `${percentage(success.rate)} (${size(success.known)})` : unknown,
		),
		right("Flaky", 55, ({ flaky }) => percentage(flaky.rate)),
		...(isCompact ? [] : [right("Re-run", 40, ({ rerun }) => percentage(rerun.rate))]),
		right("p50", 80, ({ duration }) => seconds(duration.p50)),
		right("p95", 70, ({ duration }) => seconds(duration.p95)),
		right(isCompact ? "Queue" : "Queue p50", 50, ({ queue }) => seconds(queue.p50)),
		...(isCompact ? [] : [right("p95", 45, ({ queue }) => seconds(queue.p95))]),
		right("Minutes", 75, ({ runners }) => minutes(runners.minutes)),
		right("Cost", 85, ({ runners }) => chargedMoney(runners.cost)),
	];
}
