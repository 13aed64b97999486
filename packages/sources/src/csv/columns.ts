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

/** The field that goes by that name, canonical or usual. */
export function findField(name: string): Field | undefined {
	const wanted = name.trim().toLowerCase();
	return fields.find((field) => goesBy(field, wanted));
}

function goesBy(field: Field, name: string): boolean {
	const [, ...names] = knownColumns[field];
	return field === name || names.some((each) => each === name);
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
	const lower = header.map((name) => name.trim().toLowerCase());
	for (const [field, name] of map) {
		const index = lower.indexOf(name.toLowerCase());
		if (index === -1) throw noSuchColumn(label, name, header);
		found.set(field, index);
	}
	const mapped = new Set(found.values());
	for (const field of fields) {
		const index = lower.findIndex((name, at) => !mapped.has(at) && goesBy(field, name));
		if (!found.has(field) && index !== -1) found.set(field, index);
	}
	if (!found.has("timestamp") && !defaults.has("timestamp")) throw noTimestamp(label, header);
	const used = new Set(found.values());
	return {
		cells: [...found].map(([field, index]) => [knownColumns[field][0], index]),
		defaults: [...defaults].map(([field, text]) => [knownColumns[field][0], text]),
		timestampIndex: found.get("timestamp"),
		unused: header.filter((_, index) => !used.has(index)),
	};
}

function noSuchColumn(label: string, name: string, header: readonly string[]): UsageError {
	return new UsageError(`${label} has no column "${name}".`, {
		why: `Its header is ${shorten(header)}.`,
		fix: "Correct --map (TELEMETRY_CSV_MAP), for example --map timestamp=TIMESTAMP,prompt_tokens=ContextTokens.",
	});
}

function noTimestamp(label: string, header: readonly string[]): UsageError {
	return new UsageError(`${label} has no column that says when a call was made.`, {
		why: `Its header is ${shorten(header)}.`,
		fix: "Name the column with --map timestamp=<column>; if the first line is no header, name all columns with --header timestamp,model,….",
	});
}

function shorten(header: readonly string[]): string {
	const text = header.join(",");
	return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
