import { type Call, microseconds } from "./call.ts";
import { lines, numberAt, textAt } from "./json.ts";
import { priced } from "./prices.ts";

/** Reads an export of PortKey, whose costs are US cents. A line that is repeated is the same call. */
export function portkeyCalls(text: string): Call[] {
	const calls = new Map<string, Call>();
	for (const line of lines(text)) {
		const id = textAt(line, "id");
		const created = textAt(line, "created_at");
		if (id === null || created === null) continue;
		const input = numberAt(line, "req_units");
		const output = numberAt(line, "res_units");
		const cacheRead = numberAt(line, "response", "usage", "prompt_tokens_details", "cached_tokens");
		const cents = numberAt(line, "cost");
		calls.set(id, {
			at: momentOf(created),
			source: "portkey",
			...priced(textAt(line, "ai_model"), { input, output, cacheRead, cacheWrite: null }),
			phase: textAt(line, "metadata", "phase"),
			developer: textAt(line, "metadata", "_user"),
			...{ input, output, cacheRead, cacheWrite: null },
			reportedCost: cents === null ? null : Math.round(cents * 1e7),
			isSuccess: line !== null && (line as { is_success?: boolean }).is_success === true,
			durationMs: numberAt(line, "response_time"),
		});
	}
	return [...calls.values()];
}

/** ISO, or as JavaScript prints a Date. */
function momentOf(text: string): number {
	return /^\d{4}-/.test(text) ? microseconds(text) : Date.parse(text) * 1000;
}
