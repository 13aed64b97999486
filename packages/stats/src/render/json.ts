import type { Ingestion } from "@tidemark/db";
import type { Overview } from "../overview.ts";
import { callsJson } from "./calls/json.ts";
import { ciJson } from "./ci/json.ts";

/**
 * The overview as JSON under stable snake_case names. Both parts are always there. Numbers are raw: rates from 0 to 1,
 * everything else in the unit of its name; instants are ISO 8601 in UTC; what is not known is null.
 */
export function renderJson({ period, by, ci, llm, ingestions, deadLetters }: Overview): string {
	const overview = {
		period,
		by,
		ci: ciJson(ci),
		llm: callsJson(llm),
		ingestions: ingestions.map(ingestionRecord),
		dead_letters: deadLetters,
	};
	// JSON lets some characters through that could steer the terminal it is printed on; escaped they mean the same.
	return JSON.stringify(overview, null, 2).replace(/[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu, escaped);
}

function escaped(character: string): string {
	return character
		.split("")
		.map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
		.join("");
}

function ingestionRecord({ startedAt, finishedAt, ...rest }: Ingestion) {
	const { source, target, outcome, message, ...counts } = rest;
	return { source, target, started_at: startedAt, finished_at: finishedAt, outcome, message, ...counts };
}
