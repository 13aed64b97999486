import { type Call, nano } from "./call.ts";
import { at, lines, listAt, textAt } from "./json.ts";
import { priced } from "./prices.ts";

const operations = ["chat", "text_completion", "generate_content", "embeddings"];

/** Reads requests of OTLP: spans of calls, and Claude Code's events. Spans of agents repeat the usage of their calls. */
export function otlpCalls(text: string): Call[] {
	const calls = new Map<string, Call>();
	for (const request of lines(text)) {
		for (const span of recordsOf(request, "resourceSpans", "scopeSpans", "spans")) {
			const attributes = attributesOf(span);
			if (!operations.includes(attributes.get("gen_ai.operation.name") ?? "")) continue;
			calls.set(`${textAt(span, "traceId")} ${textAt(span, "spanId")}`, spanCall(span, attributes));
		}
		for (const event of recordsOf(request, "resourceLogs", "scopeLogs", "logRecords")) {
			const attributes = attributesOf(event);
			if (!["api_request", "api_error"].includes(attributes.get("event.name") ?? "")) continue;
			calls.set(attributes.get("request_id") ?? JSON.stringify(event), eventCall(event, attributes));
		}
	}
	return [...calls.values()];
}

function recordsOf(request: unknown, resources: string, scopes: string, records: string): unknown[] {
	return listAt(request, resources).flatMap((resource) => {
		return listAt(resource, scopes).flatMap((scope) => listAt(scope, records));
	});
}

function attributesOf(record: unknown): Map<string, string> {
	const attributes = new Map<string, string>();
	for (const attribute of listAt(record, "attributes")) {
		const value =
			at(attribute, "value", "stringValue") ??
			at(attribute, "value", "intValue") ??
			at(attribute, "value", "doubleValue");
		attributes.set(textAt(attribute, "key") ?? "", String(value));
	}
	return attributes;
}

type Attributes = ReadonlyMap<string, string>;

function count(attributes: Attributes, ...names: readonly string[]): number | null {
	for (const name of names) {
		const value = attributes.get(name);
		if (value !== undefined) return Number(value);
	}
	return null;
}

function spanCall(span: unknown, attributes: Attributes): Call {
	const start = nanoseconds(span, "startTimeUnixNano");
	const end = nanoseconds(span, "endTimeUnixNano");
	const input = count(attributes, "gen_ai.usage.input_tokens");
	const output = count(attributes, "gen_ai.usage.output_tokens");
	const cacheRead = count(attributes, "gen_ai.usage.cache_read.input_tokens", "gen_ai.usage.cache_read_tokens");
	const cacheWrite = count(attributes, "gen_ai.usage.cache_creation.input_tokens");
	return {
		at: Number(start / 1000n),
		source: "otlp",
		...priced(attributes.get("gen_ai.request.model") ?? null, { input, output, cacheRead, cacheWrite }),
		phase: null,
		developer: attributes.get("user.id") ?? null,
		...{ input, output, cacheRead, cacheWrite },
		reportedCost: null,
		isSuccess: at(span, "status", "code") !== 2,
		durationMs: Number(end / 1000n - start / 1000n) / 1000,
	};
}

/** Told without what went through the prompt cache. */
function eventCall(event: unknown, attributes: Attributes): Call {
	const cacheRead = count(attributes, "cache_read_tokens");
	const cacheWrite = count(attributes, "cache_creation_tokens");
	const uncached = count(attributes, "input_tokens");
	const input = uncached === null ? null : uncached + (cacheRead ?? 0) + (cacheWrite ?? 0);
	const output = count(attributes, "output_tokens");
	const cost = attributes.get("cost_usd");
	return {
		at: Number(nanoseconds(event, "timeUnixNano") / 1000n),
		source: "otlp",
		...priced(attributes.get("model") ?? null, { input, output, cacheRead, cacheWrite }),
		phase: null,
		developer: attributes.get("user.email") ?? null,
		...{ input, output, cacheRead, cacheWrite },
		reportedCost: cost === undefined ? null : nano(cost),
		isSuccess: attributes.get("event.name") === "api_request",
		durationMs: count(attributes, "duration_ms"),
	};
}

function nanoseconds(record: unknown, name: string): bigint {
	return BigInt(textAt(record, name) ?? 0);
}
