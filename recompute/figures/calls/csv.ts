import type { CallFile } from "../raw.ts";
import { type Call, microseconds, nano } from "./call.ts";
import { priced } from "./prices.ts";

/** Reads a usage file. One of them counts what was cached apart from its input: its header has Anthropic's names. */
export function csvCalls(text: string, { columns = {}, model: defaultModel }: CallFile): Call[] {
	const [header = [], ...records] = recordsOf(text);
	const calls: Call[] = [];
	const leavesCachedOut = header.includes("cache_read_input_tokens");
	for (const cells of records) {
		const cell = (field: string, other = field) => {
			const name = columns[field] ?? field;
			const found = cells[header.indexOf(header.includes(name) ? name : other)] ?? "";
			return found === "" ? null : found;
		};
		const at = cell("timestamp");
		if (cells.length !== header.length || at === null || !/^\d{4}-/.test(at)) continue;
		const count = (field: string, other?: string) => numberOf(cell(field, other));
		const given = count("prompt_tokens", "input_tokens");
		const output = count("completion_tokens", "output_tokens");
		const cacheRead = count("cache_read_tokens", "cache_read_input_tokens");
		const cacheWrite = count("cache_write_tokens", "cache_creation_input_tokens");
		const input = given !== null && leavesCachedOut ? given + (cacheRead ?? 0) + (cacheWrite ?? 0) : given;
		if ([given, output, cacheRead, cacheWrite].some((count) => count !== null && count < 0)) continue;
		const cost = cell("cost");
		const success = cell("task_success");
		calls.push({
			at: microseconds(at),
			source: "csv",
			...priced(cell("model") ?? defaultModel ?? null, { input, output, cacheRead, cacheWrite }),
			phase: cell("phase") ?? phaseIn(cell("notes")),
			developer: cell("developer"),
			...{ input, output, cacheRead, cacheWrite },
			reportedCost: cost === null ? null : nano(cost),
			isSuccess: success === null ? null : success === "true",
			durationMs: count("duration_ms"),
		});
	}
	return calls;
}

function numberOf(text: string | null): number | null {
	return text === null ? null : Number(text);
}

function phaseIn(notes: string | null): string | null {
	const [, number] = /\bphase[ _-]?(\d+)\b/i.exec(notes ?? "") ?? [];
	return number === undefined ? null : `Phase ${number}`;
}

/** RFC 4180: a quoted cell may hold commas, quotes written twice, and lines. */
function recordsOf(text: string): string[][] {
	const records: string[][] = [];
	let cells: string[] = [];
	let cell = "";
	let isQuoted = false;
	for (let index = 0; index < text.length; index++) {
		const character = text[index];
		if (isQuoted) {
			if (character !== '"') cell += character;
			else if (text[index + 1] === '"') cell += text[index++];
			else isQuoted = false;
		} else if (character === '"') {
			isQuoted = true;
		} else if (character === ",") {
			cells.push(cell);
			cell = "";
		} else if (character === "\n") {
			records.push([...cells, cell]);
			cells = [];
			cell = "";
		} else if (character !== "\r") {
			cell += character;
		}
	}
	return records;
}
