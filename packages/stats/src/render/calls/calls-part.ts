import type { Calls } from "../../calls/calls.ts";
import { groupingOfCalls } from "../../grouping.ts";
import type { Overview } from "../../overview.ts";
import { moment } from "../moment.ts";
import { hasAll, type Look, listOf, type Part, type PartTable } from "../part.ts";
import { absenceOf, scopeOf } from "../period-words.ts";
import { groupColumns } from "./group-columns.ts";
import { callKeyFigures } from "./key-figures.ts";

/** The calls of an overview; undefined where it has none. */
export function callsPart(overview: Overview, look: Look): Part | undefined {
	const { period, llm, by } = overview;
	if (llm.total.calls === 0) return undefined;
	const newest = llm.total.newest ? [`newest call ${moment(llm.total.newest, period.zone)}`] : [];
	const grouping = groupingOfCalls(by ?? undefined);
	return {
		title: grouping ? `LLM calls by ${grouping}` : "LLM calls",
		scope: [...scopeOf(period, llm.dataThrough), ...newest],
		figures: callKeyFigures(llm),
		tables: grouping ? groupTable(grouping, llm, look) : [],
		remarks: [],
	};
}

/** Where there are calls if not in this period; undefined where there are none at all. */
export function absenceOfCalls({ llm, period }: Overview): string | undefined {
	return llm.newestEver === null ? undefined : absenceOf("LLM calls", llm.newestEver, period);
}

function groupTable(by: string, { groups }: Calls, { isCompact, mostRows }: Look): PartTable[] {
	return listOf({
		title: null,
		rows: groups,
		columns: (shown) => groupColumns(by, shown, isCompact),
		most: mostRows,
		areDays: by === "day",
		elsewhere: hasAll,
	});
}
