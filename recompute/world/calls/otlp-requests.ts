import type { Random } from "../random.ts";
import { durationMs } from "./call-moments.ts";

/** Requests of OTLP with spans of calls, of agents and of anything, and with Claude Code's events. */
export function otlpRequests(random: Random, times: readonly number[]): string {
	const requests: object[] = [];
	for (const at of times) {
		const isEvent = random.chance(0.25);
		const request = isEvent ? eventRequest(random, at) : spanRequest(random, at);
		requests.push(request);
		// Sent again by a collector that had no answer.
		if (random.chance(0.03)) requests.push(request);
	}
	requests.splice(3, 0, { note: "no request of OTLP" });
	return `${requests.map((request) => JSON.stringify(request)).join("\n")}\n`;
}

function spanRequest(random: Random, at: number): object {
	const traceId = random.hex(32);
	const model = random.pick(["gpt-4o", "claude-opus-4-8", "gemini-2.5-flash", "house-model"]);
	const [input, output] = [random.integer(50, 20_000), random.integer(1, 2000)];
	const usage = { "gen_ai.usage.input_tokens": input, "gen_ai.usage.output_tokens": output };
	const hasFailed = random.chance(0.06);
	const end = BigInt(at) * 1000n + BigInt(Math.round(durationMs(random) * 1e6));
	const span = (name: string, attributes: Readonly<Record<string, string | number>>) => ({
		...{ traceId, spanId: random.hex(16), name, kind: 3 },
		startTimeUnixNano: String(BigInt(at) * 1000n),
		endTimeUnixNano: String(end),
		attributes: Object.entries(attributes).map(([key, value]) => attribute(key, value)),
		status: hasFailed ? { code: 2, message: "overloaded" } : {},
	});
	const chat = {
		"gen_ai.operation.name": "chat",
		"gen_ai.provider.name": model.startsWith("claude")
			? "anthropic"
			: model.startsWith("gemini")
				? "gcp.gemini"
				: "openai",
		"gen_ai.request.model": model,
		...usage,
		...cacheOf(random, input),
		...(random.chance(0.6) && { "user.id": random.pick(["ada", "grace"]) }),
	};
	return {
		resourceSpans: [
			{
				resource: { attributes: [attribute("service.name", "checkout")] },
				scopeSpans: [
					{
						scope: { name: "worlds" },
						spans: [
							span("invoke_agent helper", { "gen_ai.operation.name": "invoke_agent", ...usage }),
							span(`chat ${model}`, chat),
							span("GET /health", { "http.request.method": "GET" }),
						],
					},
				],
			},
		],
	};
}

/** What was read from a cache goes by the convention's name, and by one that was seen in the wild. */
function cacheOf(random: Random, input: number): Record<string, number> {
	if (random.chance(0.6)) return {};
	const name = random.pick(["gen_ai.usage.cache_read.input_tokens", "gen_ai.usage.cache_read_tokens"]);
	return { [name]: random.integer(0, input) };
}

function eventRequest(random: Random, at: number): object {
	const hasFailed = random.chance(0.1);
	const tokens = { input_tokens: random.integer(1, 900), output_tokens: random.integer(1, 2000) };
	const cached = { cache_read_tokens: random.integer(0, 9000), cache_creation_tokens: random.integer(0, 2000) };
	const values = {
		"event.name": hasFailed ? "api_error" : "api_request",
		model: "claude-opus-4-8",
		duration_ms: durationMs(random),
		request_id: `req_${random.hex(12)}`,
		"user.email": "ada@example.com",
		...(hasFailed ? { error: "overloaded" } : { ...tokens, ...cached, cost_usd: random.integer(1, 900_000) / 1e6 }),
	};
	const attributes = Object.entries(values).map(([key, value]) => attribute(key, value));
	const record = {
		timeUnixNano: String(BigInt(at) * 1000n),
		body: { stringValue: "claude_code.api_request" },
		attributes,
	};
	return { resourceLogs: [{ resource: { attributes: [] }, scopeLogs: [{ scope: {}, logRecords: [record] }] }] };
}

function attribute(key: string, value: string | number) {
	if (typeof value === "string") return { key, value: { stringValue: value } };
	return { key, value: Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value } };
}
