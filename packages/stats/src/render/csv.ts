import type { Overview } from "../overview.ts";
import { recordOf } from "./record.ts";

/**
 * The groups of an overview as CSV, or its one total where it has no groups: raw numbers, unknown ones empty, columns as
 * in the JSON. Quoted as in RFC 4180; lines end with LF.
 */
export function renderCsv({ by, total, groups }: Overview): string {
	const rows = by
		? groups.map((group) => [text(group.name ?? "(none)"), ...Object.values(recordOf(group)).map(cell)])
		: [Object.values(recordOf(total)).map(cell)];
	const header = [...(by ? [by] : []), ...Object.keys(recordOf(total))];
	return [header, ...rows].map((row) => row.join(",")).join("\n");
}

function cell(value: number | string | null): string {
	return value === null ? "" : String(value);
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
