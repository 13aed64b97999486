import type { Ci } from "../../ci/ci.ts";
import { groupingOfCi } from "../../grouping.ts";
import type { Overview } from "../../overview.ts";
import { moment } from "../moment.ts";
import type { Look, Part } from "../part.ts";
import { absenceOf, scopeOf } from "../period-words.ts";
import { changeFigures, runFigures } from "./key-figures.ts";
import { missingOf } from "./missing.ts";
import { ciTables } from "./tables.ts";

/** The CI of an overview; undefined where it has none. */
export function ciPart({ period, by, ci }: Overview, look: Look): Part | undefined {
	const { pullRequests, commits, total } = ci;
	const hasRuns = total.runs > 0;
	const hasChanges = pullRequests.opened + pullRequests.closed + commits > 0;
	if (!hasRuns && !hasChanges) return undefined;
	const grouping = groupingOfCi(by ?? undefined);
	return {
		title: grouping ? `CI by ${grouping}` : "CI",
		scope: [...scopeOf(period, ci.dataThrough), ...newestOf(ci, period.zone)],
		figures: [...(hasRuns ? runFigures(ci) : []), ...(hasChanges ? changeFigures(ci) : [])],
		tables: ciTables(ci, by, period.zone, look),
		remarks: missingOf(ci, period.zone),
	};
}

/** Where there are runs if not in this period; undefined where there are none at all. */
export function absenceOfRuns({ ci, period }: Overview): string | undefined {
	return ci.newestEver === null ? undefined : absenceOf("CI runs", ci.newestEver, period);
}

function newestOf({ newest }: Ci, zone: string): string[] {
	return newest ? [`newest run ${moment(newest, zone)}`] : [];
}
