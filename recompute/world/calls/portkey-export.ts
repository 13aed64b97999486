import type { Random } from "../random.ts";
import { durationMs } from "./call-moments.ts";

/** Cents for a thousand tokens in and out. */
const prices: Readonly<Record<string, readonly [number, number]>> = {
	"gpt-4o": [0.25, 1],
	"gpt-5-mini": [0.025, 0.2],
};

/** An export of PortKey: costs in cents, times to the second in two ways of writing, some lines twice. */
export function portkeyExport(random: Random, times: readonly number[]): string {
	const lines: string[] = [];
	for (const at of times) {
		const date = new Date(Math.floor(at / 1_000_000) * 1000);
		const model = random.pick(["gpt-4o", "gpt-5-mini"]);
		const isSuccess = random.chance(0.95);
		const [input, output] = isSuccess ? [random.integer(50, 20_000), random.integer(1, 3000)] : [0, 0];
		const [inputPrice, outputPrice] = prices[model] ?? [0, 0];
		const cents = Math.round(input * inputPrice * 1e4 + output * outputPrice * 1e4) / 1e7;
		const cached = random.chance(0.4) ? random.integer(0, input) : undefined;
		const line = JSON.stringify({
			id: `pk-${random.hex(12)}`,
			created_at: random.chance(0.5) ? date.toISOString() : dateText(date),
			is_success: isSuccess,
			ai_org: "openai",
			ai_model: model,
			req_units: input,
			res_units: output,
			total_units: input + output,
			...(isSuccess && random.chance(0.6) && { cost: cents, cost_currency: "USD" }),
			response_time: Math.round(durationMs(random)),
			response_status_code: isSuccess ? 200 : 429,
			request_url: "https://api.openai.com/v1/chat/completions",
			metadata: {
				...(random.chance(0.7) && { _user: random.pick(["ada", "grace"]) }),
				...(random.chance(0.3) && { phase: "plan" }),
			},
			response: {
				usage: {
					prompt_tokens: input,
					completion_tokens: output,
					...(cached !== undefined && { prompt_tokens_details: { cached_tokens: cached } }),
				},
			},
		});
		lines.push(line);
		if (random.chance(0.03)) lines.push(line);
	}
	lines.splice(5, 0, "not a line of JSON", '{"created_at":"2026-07-25","ai_model":"gpt-4o"}');
	return `${lines.join("\n")}\n`;
}

/** As JavaScript prints a Date in UTC. */
function dateText(date: Date): string {
	const [week = "", day = "", month = "", year = ""] = date.toUTCString().replace(",", "").split(" ");
	return `${week} ${month} ${day} ${year} ${date.toISOString().slice(11, 19)} GMT+0000 (Coordinated Universal Time)`;
}
