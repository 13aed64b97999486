import { type Call, parseAmount, parseCall, parseText } from "@tidemark/calls";
import type { Parser } from "@tidemark/core";
import type { Row, Rows } from "@tidemark/db";
import type { RawLog } from "./raw-log.ts";

const source = "portkey";

/** A log that was understood. */
export interface Log {
	readonly call: Call;
	readonly prompt: Row<"prompt_instances">;
}

export const logParser: Parser<Log> = {
	parse(value) {
		const raw = value as RawLog;
		const call = parseCall(source, raw);
		return {
			call,
			prompt: {
				createdAt: call.timestamp,
				source,
				promptId: call.sourceId,
				originalText: parseText(raw.prompt.text),
				// What is undefined is not written: nulls would be a third of it.
				metadata: {
					trace_id: call.traceId ?? undefined,
					ai_model: call.model ?? undefined,
					cost: parseAmount("cost", raw.reportedCost) ?? undefined,
					cost_currency: raw.currency,
					latency_ms: call.durationMs ?? undefined,
					status: call.success ?? undefined,
					metadata: raw.prompt.metadata,
				},
			},
		};
	},
};

/** Makes two rows of a log: a call, and the prompt that it was made with. */
export function logRows({ call, prompt }: Log): Rows {
	return { llm_calls: [call], prompt_instances: [prompt] };
}
