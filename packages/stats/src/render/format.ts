import {
	cleanText,
	formatCount,
	formatDuration,
	formatMoment,
	formatMoney,
	formatName,
	formatPercentage,
	formatSize,
	unknown,
} from "@tidemark/text";
import type { Cell, CellUnit, Column, Table } from "../documents/document.ts";
import { bar, condense, sparkline } from "./sparkline.ts";

/** A cell in words, clean but not escaped. */
export function formatCell({ value, unit, isAtLeast, words }: Cell, columnUnit: CellUnit, zone: string): string {
	const text = formatValue(value, unit ?? columnUnit, zone);
	return [...(isAtLeast ? ["≥"] : []), text, ...(words ? [cleanText(words)] : [])].join(" ").trim();
}

const graphicWidth = 16;

function formatValue(value: Cell["value"], unit: CellUnit, zone: string): string {
	if (unit === "name") return formatName(value === null ? null : String(value));
	// One without an outcome is still running, or was killed.
	if (unit === "outcome") return value === null ? "unfinished" : cleanText(String(value));
	if (value === null) return withoutWords.includes(unit) ? "" : unknown;
	if (typeof value === "number") return formatNumber(value, unit);
	if (typeof value === "string") return unit === "instant" ? formatMoment(value, zone) : cleanText(value);
	const [first] = unit === "trend" ? Object.values(value) : [];
	return Array.isArray(first) ? sparkline(condense(first, graphicWidth)) : "";
}

/** Units in which nothing known is nothing at all. */
const withoutWords: readonly CellUnit[] = ["change", "points", "trend", "bar"];

const milliseconds = { ms: 1, minutes: 60_000, hours: 3_600_000 };

function formatNumber(value: number, unit: CellUnit): string {
	switch (unit) {
		case "size":
			return formatSize(value);
		case "usd":
			return formatMoney(value);
		case "rate":
			return formatPercentage(value);
		case "seconds":
			return formatSeconds(value);
		case "ms":
		case "minutes":
		case "hours":
			return formatDuration(value * milliseconds[unit]);
		case "bar":
			return bar(value, graphicWidth);
		case "change":
			return value === Number.POSITIVE_INFINITY ? "new" : formatChange(value * 100, 0, " %");
		case "points":
			return formatChange(value * 100, 1, " pp");
		default:
			return formatCount(Math.round(value));
	}
}

/** GitHub knows whole seconds; from 10 on, more than that would be invented between the bounds of a bin. */
function formatSeconds(value: number): string {
	return value === 0 ? "0 s" : formatDuration((value < 9.95 ? value : Math.round(value)) * 1000);
}

function formatChange(value: number, digits: number, unit: string): string {
	const text = Math.abs(value).toFixed(digits);
	if (Number(text) === 0) return `±0${unit}`;
	return `${value > 0 ? "+" : "−"}${text}${unit}`;
}

/** The cell of a column in a table; none of something is left blank if the column is there for the others. */
export function formatColumnCell(cell: Cell = { value: null }, { unit, hidesZeros }: Column, zone: string): string {
	return hidesZeros && cell.value === 0 ? "" : formatCell(cell, unit, zone);
}

/** Numbers stand at the right, below each other; everything else begins at the left. */
export function isNumeric(unit: CellUnit): boolean {
	return !["name", "text", "outcome", "instant", "trend", "bar"].includes(unit);
}

/** The columns that people see of a table, with their positions in its rows. */
export function visibleColumns({ columns, rows }: Table): { column: Column; index: number }[] {
	return columns
		.map((column, index) => ({ column, index }))
		.filter(({ column }) => column.importance)
		.filter(({ column, index }) => !column.hidesZeros || rows?.some((row) => row[index]?.value));
}

/** The rows that people see of a table, and what is said of the others. */
export function limitRows({ rows, shows, areDays, elsewhere }: Table, max: number) {
	const all = rows ?? [];
	const limit = shows === "all" ? max : Math.min(shows, max);
	const shown = areDays ? all.slice(all.length - Math.min(limit, all.length)) : all.slice(0, limit);
	const left = all.length - shown.length;
	const what = areDays ? `${formatCount(left)} earlier ${left === 1 ? "day" : "days"}` : `${formatCount(left)} more`;
	return { shown, more: left > 0 && limit > 0 ? [`and ${what}`, elsewhere].filter(Boolean).join("; ") : null };
}
