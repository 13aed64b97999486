import type { Overview } from "@tidemark/stats";
import { change } from "./change.ts";
import type { FigureRow } from "./figure-rows.ts";
import { type Column, table } from "./markdown.ts";
import { unknown } from "./numbers.ts";
import type { Weeks } from "./weeks.ts";

/** The figures of a week beside those of the week before; a figure of which neither has anything is left out. */
export function weekTable(rows: readonly FigureRow[], { now, before }: Weeks): string {
	const columns: readonly Column<FigureRow>[] = [
		{ title: "", align: "left", cell: ({ title }) => title },
		{ title: "7 days", align: "right", cell: (row) => `**${shown(row, row.value(now))}**` },
		{ title: "7 days before", align: "right", cell: (row) => shown(row, row.value(before)) },
		{ title: "Change", align: "right", cell: (row) => change(row.value(now), row.value(before), row.kind) },
		{ title: "", align: "left", cell: (row) => (row.value(now) === null ? "" : row.notes(now).join(" · ")) },
	];
	return table(
		columns,
		rows.filter((row) => isTold(row, now) || isTold(row, before)),
	);
}

/** A rate of nothing may be all there is to say; nothing of an amount is not worth a line. */
function isTold({ kind, value }: FigureRow, week: Overview): boolean {
	return value(week) !== null && (kind === "rate" || value(week) !== 0);
}

function shown({ show }: FigureRow, value: number | null): string {
	return value === null ? unknown : show(value);
}
