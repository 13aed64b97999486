import { seedRandom } from "../random-numbers.ts";
import { formatDateText, type PortkeyLog } from "./log.ts";

export interface LogsOptions {
	readonly count: number;
	/** Milliseconds since 1970; they are spread evenly over [from, to). */
	readonly from: number;
	readonly to: number;
	/** Default: 1. */
	readonly seed?: number;
	/** What costs are counted in. Default: cents. */
	readonly costUnit?: "usd" | "cents";
}

/** Models with their list prices in US dollars per token, in and out. */
const models = [
	{ org: "openai", model: "gpt-4o", input: 2.5e-6, output: 10e-6, path: "https://api.openai.com/v1/chat/completions" },
	{
		org: "anthropic",
		model: "claude-opus-4-5",
		input: 5e-6,
		output: 25e-6,
		path: "https://api.anthropic.com/v1/messages",
	},
	{
		org: "openai",
		model: "text-embedding-3-small",
		input: 0.02e-6,
		output: 0,
		path: "https://api.openai.com/v1/embeddings",
	},
] as const;

/** Logs of a team at work, awkward in all the ways of real exports; the same ones for the same options. */
export function makeLogs({ count, from, to, seed = 1, costUnit = "cents" }: LogsOptions): PortkeyLog[] {
	const random = seedRandom(seed);
	const pick = (below: number) => Math.floor(random() * below);
	return Array.from({ length: count }, (_, index) => {
		const at = Math.floor(from + ((to - from) * index) / count);
		const { org, model, input, output, path } = models[pick(models.length)] ?? models[0];
		const [tokensIn, tokensOut] = [1 + pick(4000), output === 0 ? 0 : 1 + pick(900)];
		const dollars = tokensIn * input + tokensOut * output;
		const isGood = pick(10) > 0;
		const user = `user-${pick(12)}`;
		return {
			at,
			hasFloatUnits: index % 11 === 3,
			fields: {
				id: drawId(random),
				...(index % 5 !== 4 && { trace_id: `trace-${Math.floor(index / 3)}` }),
				created_at: index % 13 === 12 ? new Date(at).toISOString() : formatDateText(at),
				request: { model, messages: [{ role: "system", content: "Be brief." }, question(index)] },
				response: isGood ? answer(tokensIn, tokensOut) : refused,
				is_success: index % 17 === 16 ? Number(isGood) : isGood,
				ai_org: org,
				ai_model: model,
				req_units: tokensIn,
				res_units: tokensOut,
				total_units: tokensIn + tokensOut,
				request_url: `${path}?key=in-the-query`,
				cost: costUnit === "cents" ? dollars * 100 : dollars,
				cost_currency: "USD",
				response_time: 80 + pick(4000),
				response_status_code: isGood ? 200 : 429,
				mode: index % 4 === 0 ? "fallback" : "single",
				config: index % 3 === 0 ? "pc-demo-123" : "",
				prompt_slug: index % 6 === 0 ? "support-v2" : null,
				metadata: makeMetadata(index, user),
				request_details: { url: path, method: "POST", headers: { authorization: "in-the-headers" } },
			},
		};
	});
}

const refused = { error: { message: "rate limited", type: "rate_limit_error", param: null, code: null } };

function question(index: number) {
	const text = `Question ${index}: what is on the other side?`;
	return { role: "user", content: index % 9 === 8 ? [{ type: "text", text }] : text };
}

function answer(tokensIn: number, tokensOut: number) {
	return {
		choices: [{ index: 0, finish_reason: "stop", message: { role: "assistant", content: "The sea." } }],
		usage: { prompt_tokens: tokensIn, completion_tokens: tokensOut, prompt_tokens_details: { cached_tokens: 0 } },
	};
}

/** An object, or two lists as self-hosted gateways write them. */
function makeMetadata(index: number, user: string) {
	if (index % 23 === 22) return { key: ["_user", "repo"], value: [user, "acme/api"] };
	return { _user: user, repo: "acme/api", environment: index % 2 === 0 ? "ci" : "production" };
}

function drawId(random: () => number): string {
	const hex = Array.from({ length: 32 }, () => Math.floor(random() * 16).toString(16)).join("");
	return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
