import { UsageError } from "@tidemark/db";

/** What a column of a usage file can be, and the names it goes by; the first is the canonical one. Case does not matter. */
const namesOfField = {
	timestamp: ["timestamp", "time", "datetime", "date", "ts", "created_at", "started_at", "start_time"],
	model: ["model", "model_name", "llm_model"],
	prompt_tokens: ["prompt_tokens", "input_tokens", "tokens_in"],
	completion_tokens: ["completion_tokens", "output_tokens", "tokens_out", "generated_tokens"],
	total_tokens: ["total_tokens"],
	cache_read_tokens: ["cache_read_tokens", "cache_read_input_tokens", "cached_tokens", "cached_input_tokens"],
	cache_write_tokens: ["cache_write_tokens", "cache_creation_tokens", "cache_creation_input_tokens"],
	reasoning_tokens: ["reasoning_tokens"],
	task_success: ["task_success", "success", "succeeded", "ok"],
	task_type: ["task_type", "prompt_name"],
	duration_ms: ["duration_ms", "latency_ms", "elapsed_ms"],
	ttft_ms: ["ttft_ms", "time_to_first_token_ms"],
	notes: ["notes", "note", "comment"],
	session_id: ["session_id", "session", "conversation_id"],
	trace_id: ["trace_id"],
	phase: ["phase"],
	provider: ["provider"],
	cost: ["cost", "cost_usd", "reported_cost", "total_cost", "spend"],
	error_message: ["error_message", "error"],
	developer: ["developer", "developer_id", "user", "user_id"],
	repository: ["repository", "repo", "repo_slug"],
} as const;

export type Field = keyof typeof namesOfField;

export const fields = Object.keys(namesOfField) as readonly Field[];

/** True for the name of a field, as --map and --default use it. */
export function isField(name: string): name is Field {
	return Object.hasOwn(namesOfField, name);
}

/** The field that goes by that name, canonical or usual. */
export function fieldNamed(name: string): Field | undefined {
	const wanted = name.trim().toLowerCase();
	return fields.find((field) => namesOfField[field].some((each) => each === wanted));
}

/** Which cell of a record holds which field. */
export interface Columns {
	readonly cellOf: readonly (readonly [Field, number])[];
	/** Header names that no field goes by. */
	readonly unused: readonly string[];
}

/**
 * Finds the fields in a header: by --map where it names the column, else by the usual names.
 * @throws UsageError where --map names a column that is not there, or nothing gives the time of a call
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
		const index = lower.findIndex((name, at) => !mapped.has(at) && namesOfField[field].some((each) => each === name));
		if (!found.has(field) && index !== -1) found.set(field, index);
	}
	if (!found.has("timestamp") && !defaults.has("timestamp")) throw noTimestamp(label, header);
	const used = new Set(found.values());
	return { cellOf: [...found], unused: header.filter((_, index) => !used.has(index)) };
}

function noSuchColumn(label: string, name: string, header: readonly string[]): UsageError {
	return new UsageError(`${label} has no column "${name}".`, {
		why: `Its header is ${shown(header)}.`,
		fix: "Correct --map (TELEMETRY_CSV_MAP), for example --map timestamp=TIMESTAMP,prompt_tokens=ContextTokens.",
	});
}

function noTimestamp(label: string, header: readonly string[]): UsageError {
	return new UsageError(`${label} has no column that tells when a call was made.`, {
		why: `Its header is ${shown(header)}.`,
		fix: "Say which one does with --map timestamp=<column>; if the first line is no header, name the columns with --header timestamp,model,….",
	});
}

function shown(header: readonly string[]): string {
	const text = header.join(",");
	return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
