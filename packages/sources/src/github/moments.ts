import { parseInstant } from "@tidemark/core";

/** A clock's milliseconds as canonical text. */
export function momentOf(ms: number): string {
	return parseInstant(new Date(ms).toISOString());
}

/** A number of milliseconds before a time. */
export function before(time: string, ms: number): string {
	return momentOf(Date.parse(time) - ms);
}
