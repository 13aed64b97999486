import type { Named } from "../../ci/ci.ts";
import type { FlakyJob } from "../../ci/flaky-jobs.ts";
import type { Incident } from "../../ci/incidents.ts";
import { nameOf } from "../clean-text.ts";
import { moment } from "../moment.ts";
import { count, duration } from "../numbers.ts";
import type { Column } from "../text-table.ts";
import { repositoryColumn } from "./run-columns.ts";

/** What is red, and since when. */
export function redColumns(zone: string, areSeveral: boolean): Column<Named<Incident>>[] {
	return [
		...repositoryColumn(areSeveral),
		{ title: "Workflow", weight: 100, align: "left", text: ({ workflow }) => nameOf(workflow), cutTo: 14 },
		{
			title: "Since",
			weight: 95,
			align: "left",
			text: ({ openedAt, isOpenedAtStart }) => `${moment(openedAt, zone)}${isOpenedAtStart ? " or earlier" : ""}`,
			style: () => "red",
		},
	];
}

export function flakyJobColumns(areSeveral: boolean): Column<Named<FlakyJob>>[] {
	return [
		...repositoryColumn(areSeveral),
		{ title: "Workflow", weight: 60, align: "left", text: ({ workflow }) => nameOf(workflow), cutTo: 14 },
		{ title: "Job", weight: 100, align: "left", text: ({ name }) => nameOf(name), cutTo: 20 },
		{ title: "Commits", weight: 95, align: "right", text: ({ commits }) => count(commits) },
		{ title: "Failures", weight: 70, align: "right", text: ({ failures }) => count(failures) },
		{ title: "Lost", weight: 90, align: "right", text: ({ minutesLost }) => duration(minutesLost * 60_000) },
	];
}
