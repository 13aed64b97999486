import { disarmWorkflowCommands } from "./workflow-commands.ts";

/**
 * One cell of CSV, quoted as in RFC 4180; null is empty. A spreadsheet runs a text that begins like a formula, full-width
 * signs included, and an apostrophe stops that (https://owasp.org/www-community/attacks/CSV_Injection). Control characters
 * other than white space are dropped. No line begins a workflow command, because a workflow may print the file.
 */
export function csvCell(value: string | number | null): string {
	if (value === null) return "";
	if (typeof value === "number") return String(value);
	const visible = disarmWorkflowCommands(value.replace(/[^\P{Cc}\t\r\n]/gu, ""));
	const harmless = /^[=+\-@＝＋－＠\t\r\n]/.test(visible) ? `'${visible}` : visible;
	return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
