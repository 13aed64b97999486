import type { Overview } from "../overview.ts";
import { absenceOfCalls, callsPart } from "./calls/calls-part.ts";
import { absenceOfRuns, ciPart } from "./ci/ci-part.ts";
import type { Look, Part } from "./part.ts";
import { periodScope } from "./period-words.ts";

/** The parts of an overview that hold something; where none does, one that only says so. */
export function partsOf(overview: Overview, look: Look): Part[] {
	const parts = [ciPart(overview, look), callsPart(overview, look)].filter((part) => part !== undefined);
	const nothing = {
		title: "Nothing to show",
		scope: periodScope(overview.period),
		figures: [],
		tables: [],
		remarks: [],
	};
	return parts.length > 0 ? parts : [nothing];
}

/** Where there is something of what is missing, or how to get it. In words of ours alone. */
export function absencesOf(overview: Overview): string[] {
	const { ci, llm } = overview;
	const how = "Nothing is stored yet: `pnpm telemetry ingest all` reads what is configured.";
	const absences = [
		ci.total.runs === 0 ? absenceOfRuns(overview) : undefined,
		llm.total.calls === 0 ? absenceOfCalls(overview) : undefined,
	].filter((absence) => absence !== undefined);
	const isEmpty = ci.total.runs === 0 && llm.total.calls === 0;
	return isEmpty && absences.length === 0 ? [how] : absences;
}
