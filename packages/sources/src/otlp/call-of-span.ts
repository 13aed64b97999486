import { firstText, type JsonObject, textOf } from "../json/json-object.ts";
import type { RawCall } from "../llm-call/raw-call.ts";
import { type Attributes, attributesOf, firstOf } from "./attributes.ts";

/** Calls to a model. Spans of agents, workflows and tools repeat the usage of the calls inside them. */
const inferences = new Set(["chat", "text_completion", "generate_content", "embeddings"]);

/**
 * The call that a span of generative AI tells of; undefined for every other span.
 * Names: https://github.com/open-telemetry/semantic-conventions-genai, the earlier ones after the present ones.
 *
 * @throws Error for a span without ids
 */
export function callOfSpan(span: JsonObject, resource: Attributes): RawCall | undefined {
	const attributes = attributesOf(span.attributes);
	const first = (...names: string[]) => firstOf(attributes, ...names);
	const provider = first("gen_ai.provider.name", "gen_ai.system");
	// Whoever leaves the operation out begins the span's name with it.
	const operation = first("gen_ai.operation.name") ?? textOf(span.name)?.split(" ")[0];
	const isGenerative = [...attributes.keys()].some((name) => name.startsWith("gen_ai."));
	if (!isGenerative || operation === undefined || !inferences.has(operation)) return undefined;
	const errorType = first("error.type", "exception.type");
	const status = textOf(firstText(span, "status.code"));
	return {
		id: `${hexadecimal(span.traceId, "traceId")}:${hexadecimal(span.spanId, "spanId")}`,
		timestamp: nanoseconds(span.startTimeUnixNano),
		endedAt: nanoseconds(span.endTimeUnixNano),
		ttftMs: milliseconds(first("gen_ai.response.time_to_first_chunk", "gen_ai.server.time_to_first_token")),
		traceId: textOf(span.traceId)?.toLowerCase(),
		sessionId: first("gen_ai.conversation.id", "session.id"),
		provider,
		model: first("gen_ai.response.model", "gen_ai.request.model"),
		operation,
		inputTokens: first("gen_ai.usage.input_tokens", "gen_ai.usage.prompt_tokens"),
		outputTokens: first("gen_ai.usage.output_tokens", "gen_ai.usage.completion_tokens"),
		totalTokens: first("gen_ai.usage.total_tokens"),
		cacheReadTokens: first("gen_ai.usage.cache_read.input_tokens", "gen_ai.usage.cache_read_input_tokens"),
		cacheWriteTokens: first("gen_ai.usage.cache_creation.input_tokens", "gen_ai.usage.cache_creation_input_tokens"),
		reasoningTokens: first("gen_ai.usage.reasoning.output_tokens", "gen_ai.usage.reasoning_tokens"),
		reportedCost: first("gen_ai.usage.cost"),
		success: String(!(status === "2" || status === "STATUS_CODE_ERROR")),
		httpStatus: first("http.response.status_code") ?? errorType,
		errorType,
		errorMessage: firstText(span, "status.message"),
		developer: first("user.id", "enduser.id", "user.email"),
		...placeOf(resource),
	};
}

/** Which service ran it, and for which repository. */
export function placeOf(resource: Attributes): Pick<RawCall, "repository" | "metadata"> {
	const service = firstOf(resource, "service.name");
	return {
		repository: firstOf(resource, "vcs.repository.url.full", "vcs.repository.name"),
		...(service !== undefined && { metadata: { service } }),
	};
}

/** 0 stands for a time that nobody set. Nanoseconds are more than a number holds; they are handed on as text. */
export function nanoseconds(value: unknown): string | undefined {
	const text = textOf(value);
	return text === "0" ? undefined : text;
}

/** Of seconds. */
function milliseconds(seconds: string | undefined): string | undefined {
	return seconds === undefined ? undefined : String(Number((Number(seconds) * 1000).toFixed(6)));
}

/** In OTLP/JSON ids are hexadecimal, in any case; elsewhere in JSON made of protocol buffers they would be base64. */
function hexadecimal(value: unknown, field: string): string {
	const text = textOf(value);
	if (text === undefined || !/^[0-9a-f]{16}([0-9a-f]{16})?$/i.test(text))
		throw new Error(`${field} is not a hexadecimal id`);
	return text.toLowerCase();
}
