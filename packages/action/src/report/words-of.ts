import { codeOf, TelemetryError } from "@tidemark/db";
import { inWordsOfInputs } from "../inputs/in-words-of-inputs.ts";

const mayNot = "42501";

/** What happened, why, and what to do, in the words of a workflow; the first line is what happened. */
export function wordsOf(error: unknown): string[] {
	if (error instanceof TelemetryError) {
		const { message, why, fix } = error;
		return [message, ...(why === undefined ? [] : [`Why: ${why}`]), `Fix: ${fix}`].map(inWordsOfInputs);
	}
	const message = error instanceof Error ? error.message : String(error);
	if (codeOf(error) !== mayNot) return [message];
	return [
		`The database refuses: ${message}.`,
		"Fix: Let the role of database-url write: GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO <role>.",
	];
}
