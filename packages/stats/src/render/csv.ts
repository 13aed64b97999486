import type { Group } from "../calls/calls.ts";
import type { RunGroup, WorkflowGroup } from "../ci/runs.ts";
import type { Overview } from "../overview.ts";
import { callRecord } from "./calls/record.ts";
import { ciRecord, runnerRecord } from "./ci/record.ts";

type Cells = Readonly<Record<string, string | number | null>>;

/** Columns, and rows; where a row lacks one, the cell is empty. */
interface Sheet {
	readonly columns: readonly string[];
	readonly rows: readonly Cells[];
}

/**
 * The groups of an overview as CSV, with the columns of the part that they are of. Days, and the one row of totals where
 * nothing is grouped, concern both parts: their columns stand side by side, named `ci_…` and `llm_…`. Raw numbers,
 * unknown ones empty, names as in the JSON. Quoted as in RFC 4180; lines end with LF.
 */
export function renderCsv(overview: Overview): string {
	const { columns, rows } = sheetOf(overview);
	return [columns, ...rows.map((row) => columns.map((column) => cell(row[column] ?? null)))]
		.map((cells) => cells.join(","))
		.join("\n");
}

function sheetOf({ by, ci, llm }: Overview): Sheet {
	const ofRuns = Object.keys(ciRecord(ci.total));
	const ofCalls = Object.keys(callRecord(llm.total));
	const ofBoth = [...ofRuns.map((name) => `ci_${name}`), ...ofCalls.map((name) => `llm_${name}`)];
	switch (by) {
		case null: {
			const total = { ...prefixed("ci_", ciRecord(ci.total)), ...prefixed("llm_", callRecord(llm.total)) };
			return { columns: ofBoth, rows: [total] };
		}
		case "day":
			return { columns: ["day", ...ofBoth], rows: daysOf(ci.days ?? [], llm.groups) };
		case "workflow": {
			const names = (group: WorkflowGroup) => ({ repository: group.repository, workflow: nameOf(group.workflow) });
			const rows = ci.workflows.map((group) => ({ ...names(group), ...ciRecord(group) }));
			return { columns: ["repository", "workflow", ...ofRuns], rows };
		}
		case "repository": {
			const rows = (ci.repositories ?? []).map((group) => ({ repository: group.name, ...ciRecord(group) }));
			return { columns: ["repository", ...ofRuns], rows };
		}
		case "runner": {
			const ofRunners = Object.keys(runnerRecord({ ...ci.total.runners, queue: ci.total.queue }));
			const rows = ci.runners.map((group) => ({ runner: nameOf(group.name), ...runnerRecord(group) }));
			return { columns: ["runner", ...ofRunners], rows };
		}
		default: {
			const rows = llm.groups.map((group) => ({ [by]: nameOf(group.name), ...callRecord(group) }));
			return { columns: [by, ...ofCalls], rows };
		}
	}
}

/** One row for each date on which either part has something. */
function daysOf(runs: readonly RunGroup[], calls: readonly Group[]): Cells[] {
	const days = new Map<string, Cells>();
	const add = (day: string, cells: Cells) => days.set(day, { ...days.get(day), day, ...cells });
	for (const group of runs) add(group.name, prefixed("ci_", ciRecord(group)));
	for (const group of calls) add(nameOf(group.name), prefixed("llm_", callRecord(group)));
	return [...days].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, cells]) => cells);
}

function prefixed(prefix: string, cells: Cells): Cells {
	return Object.fromEntries(Object.entries(cells).map(([name, value]) => [`${prefix}${name}`, value]));
}

function nameOf(name: string | null): string {
	return name ?? "(none)";
}

function cell(value: string | number | null): string {
	if (value === null) return "";
	return typeof value === "string" ? text(value) : String(value);
}

/**
 * A spreadsheet takes a text that begins like a formula for one and runs it; an apostrophe stops that
 * (https://owasp.org/www-community/attacks/CSV_Injection). Control characters other than white space are dropped.
 */
function text(name: string): string {
	const visible = name.replace(/[^\P{Cc}\t\r\n]/gu, "");
	const harmless = /^[=+\-@\t\r]/.test(visible) ? `'${visible}` : visible;
	return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
