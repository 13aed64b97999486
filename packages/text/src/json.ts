import { codeUnits } from "./clean.ts";

/**
 * A value as indented JSON that is safe to print. Characters that JSON lets through but a terminal obeys, and the
 * beginning of a workflow command, are written as escapes: whoever parses it gets the same value.
 */
export function formatJson(value: unknown): string {
	return JSON.stringify(value, null, 2)
		.replace(/[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu, codeUnits)
		.replaceAll("##[", "\\u0023#[");
}
