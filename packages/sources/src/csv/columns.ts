import type { RawCall } from "@tidemark/calls";
import { UsageError } from "@tidemark/db";

/** A part of a raw call that a cell can fill. */
type CallField = Exclude<keyof RawCall, "metadata" | "costUnit">;

/** What a column can be: its name in --map, which part of a call it fills, and other names it goes by in any case. */
const knownColumns = {
	timestamp: ["timestamp", "time", "datetime", "date", "ts", "created_at", "started_at", "start_time"],
	model: ["model", "model_name", "llm_model"],
	prompt_tokens: ["inputTokens", "input_tokens", "tokens_in"],
	completion_tokens: ["outputTokens", "output_tokens", "tokens_out", "generated_tokens"],
	total_tokens: ["totalTokens"],
	cache_read_tokens: ["cacheReadTokens", "cache_read_input_tokens", "cached_tokens", "cached_input_tokens"],
	cache_write_tokens: ["cacheWriteTokens", "cache_creation_tokens", "cache_creation_input_tokens"],
	reasoning_tokens: ["reasoningTokens"],
	task_success: ["success", "success", "succeeded", "ok"],
	task_type: ["promptName", "prompt_name"],
	duration_ms: ["durationMs", "latency_ms", "elapsed_ms"],
	ttft_ms: ["ttftMs", "time_to_first_token_ms"],
	notes: ["notes", "note", "comment"],
	session_id: ["sessionId", "session", "conversation_id"],
	trace_id: ["traceId"],
	phase: ["phase"],
	provider: ["provider"],
	cost: ["reportedCost", "cost_usd", "reported_cost", "total_cost", "spend"],
	error_message: ["errorMessage", "error"],
	developer: ["developer", "developer_id", "user", "user_id"],
	repository: ["repository", "repo", "repo_slug"],
} as const satisfies Record<string, readonly [fills: CallField, ...names: string[]]>;

export type Field = keyof typeof knownColumns;

export const fields = Object.keys(knownColumns) as readonly Field[];

/** True for the name of a field, as --map and --default use it. */
export function isField(name: string): name is Field {
	return Object.hasOwn(knownColumns, name);
}

const fieldsByName: ReadonlyMap<string, Field> = new Map(
	fields.flatMap((field) => [field, ...knownColumns[field].slice(1)].map((name) => [name, field] as const)),
);

/** The field that goes by that name, canonical or usual. */
export function findField(name: string): Field | undefined {
	return fieldsByName.get(name.trim().toLowerCase());
}

/** Which cell of a record fills which part of a call. */
export interface Columns {
	readonly cells: readonly (readonly [fills: CallField, index: number])[];
	/** What stands in for cells that are empty or missing. */
	readonly defaults: readonly (readonly [fills: CallField, text: string])[];
	/** Where the time of a call stands; undefined if only a default gives it. */
	readonly timestampIndex: number | undefined;
	/** Header names that no field goes by. */
	readonly unused: readonly string[];
}

/**
 * Finds the fields in a header: by --map if it names the column, else by the usual names.
 * @throws UsageError if --map names a column that is not there, or nothing gives the time of a call
 */
export function findColumns(
	header: readonly string[],
	map: ReadonlyMap<Field, string>,
	defaults: ReadonlyMap<Field, string>,
	label: string,
): Columns {
	const found = new Map<Field, number>();
	for (const [field, name] of map) {
		const index = header.findIndex((each) => each.trim().toLowerCase() === name.toLowerCase());
		if (index === -1) {
			const fix =
				"Correct --map (TELEMETRY_CSV_MAP), for example --map timestamp=TIMESTAMP,prompt_tokens=ContextTokens.";
			throw refuseHeader(header, `${label} has no column "${name}".`, fix);
		}
		found.set(field, index);
	}
	const mapped = new Set(found.values());
	for (const [index, name] of header.entries()) {
		const field = findField(name);
		if (field && !found.has(field) && !mapped.has(index)) found.set(field, index);
	}
	if (!found.has("timestamp") && !defaults.has("timestamp")) {
		const fix =
			"Name the column with --map timestamp=<column>; if the first line is no header, name all columns with --header timestamp,model,….";
		throw refuseHeader(header, `${label} has no column that says when a call was made.`, fix);
	}
	const cells = [...found].map(([field, index]) => [knownColumns[field][0], index] as const);
	return {
		cells,
		defaults: [...defaults].map(([field, text]) => [knownColumns[field][0], text]),
		timestampIndex: found.get("timestamp"),
		unused: header.filter((_, index) => cells.every(([, used]) => used !== index)),
	};
}

function refuseHeader(header: readonly string[], message: string, fix: string): UsageError {
	const names = header.join(",");
	return new UsageError(message, {
		why: `Its header is ${names.length > 200 ? `${names.slice(0, 200)}…` : names}.`,
		fix,
	});
}
