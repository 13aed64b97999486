import type { Ci } from "../../ci/ci.ts";
import type { Grouping } from "../../grouping.ts";
import { hasAll, type Look, listOf, type PartTable } from "../part.ts";
import { dayColumns, repositoryColumns, workflowColumns } from "./run-columns.ts";
import { runnerColumns } from "./runner-columns.ts";
import { flakyJobColumns, redColumns } from "./short-columns.ts";

/** So many rows has a table that nobody asked for. */
const mostUnasked = 10;
const mostFlakyJobs = 3;

/** The tables that were asked for; where none was, those that people mostly ask for. */
export function ciTables(ci: Ci, by: Grouping | null, zone: string, { isCompact, mostRows }: Look): PartTable[] {
	const asked = { title: null, most: mostRows, elsewhere: hasAll };
	const workflows = { rows: ci.workflows, columns: () => workflowColumns(isCompact, hasSeveralRepositories(ci)) };
	const runners = { rows: ci.runners, columns: () => runnerColumns(isCompact) };
	switch (by) {
		case null:
			return [
				...red(ci, zone),
				...listOf({ ...workflows, title: "Workflows", most: mostUnasked, elsewhere: "--by workflow shows them" }),
				...listOf({ ...runners, title: "Runners", most: mostUnasked, elsewhere: "--by runner shows them" }),
				...flaky(ci),
			];
		case "workflow":
			return [...listOf({ ...workflows, ...asked }), ...red(ci, zone), ...flaky(ci)];
		case "runner":
			return listOf({ ...runners, ...asked });
		case "repository":
			return listOf({ ...asked, rows: ci.repositories ?? [], columns: () => repositoryColumns(isCompact) });
		case "day":
			return listOf({ ...asked, rows: ci.days ?? [], columns: () => dayColumns(isCompact), areDays: true });
		default:
			return [];
	}
}

function red(ci: Ci, zone: string): PartTable[] {
	return listOf({
		title: "Red on the default branch",
		rows: ci.red,
		columns: () => redColumns(zone, hasSeveralRepositories(ci)),
		most: mostUnasked,
		elsewhere: "--json has all of them",
	});
}

function flaky(ci: Ci): PartTable[] {
	return listOf({
		title: "Flaky jobs: failed and succeeded for the same commit",
		rows: ci.flakyJobs,
		columns: () => flakyJobColumns(hasSeveralRepositories(ci)),
		most: mostFlakyJobs,
		elsewhere: "--json has all of them",
	});
}

function hasSeveralRepositories({ workflows }: Ci): boolean {
	return new Set(workflows.map(({ repository }) => repository)).size > 1;
}
