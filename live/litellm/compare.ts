import type { Queryable } from "../../packages/db/src/index.ts";
import type { SentCall } from "./calls.ts";

interface StoredCall {
	readonly session: string | null;
	readonly model: string | null;
	readonly success: boolean | null;
	readonly status: number | null;
	readonly input: number | null;
	readonly output: number | null;
	readonly cost: string | null;
	readonly hit: boolean | null;
	readonly duration: number | null;
	readonly ttft: number | null;
	readonly repository: string | null;
	readonly developer: string | null;
}

const models: Readonly<Record<string, string>> = {
	"gpt-4o": "gpt-4o",
	"claude-sonnet": "claude-sonnet-4-5-20250929",
	"always-limited": "gpt-4o-mini",
};

/** What differs between the calls that were sent and those that are stored; nothing if all is well. */
export async function differences(db: Queryable, sent: readonly SentCall[]): Promise<string[]> {
	const stored = await db.query<StoredCall>(
		`SELECT session_id AS session, model, success, http_status AS status, input_tokens AS input, output_tokens AS output,
reported_cost AS cost, gateway_cache_hit AS hit, duration_ms AS duration, ttft_ms AS ttft, repository, developer
FROM llm_calls WHERE source = 'litellm'`,
	);
	const found = sent.flatMap((call) => {
		const rows = stored.filter(({ session }) => session === call.session);
		const [row] = rows;
		if (!row || rows.length > 1) return [`${call.session}: ${rows.length} rows`];
		return Object.entries(wanted(call, row))
			.filter(([, isRight]) => !isRight)
			.map(([name]) => `${call.session}: ${name} is wrong: ${JSON.stringify(row)}`);
	});
	const extra = stored.length - sent.length;
	return extra === 0
		? found
		: [...found, `${extra} rows more than calls: ${stored.map(({ session }) => session).join(" ")}`];
}

/** What must hold of the row of a call, by name. */
function wanted(call: SentCall, row: StoredCall): Readonly<Record<string, boolean>> {
	const hasFailed = call.kind === "failed";
	return {
		model: row.model === models[call.model],
		success: row.success === !hasFailed,
		tokens: hasFailed || (row.input === call.inputTokens && row.output === call.outputTokens),
		cost: row.cost !== null && (hasFailed || call.kind === "cached" ? Number(row.cost) === 0 : Number(row.cost) > 0),
		"cache hit": call.kind === "cached" ? row.hit === true : row.hit !== true,
		duration: row.duration === null ? hasFailed : row.duration >= 0 && row.duration < 60_000,
		status: hasFailed ? row.status === call.status : true,
		repository: row.repository === "acme/live",
		developer: row.developer === "alice",
	};
}
