import { createHash } from "node:crypto";

/** A row of LiteLLM_SpendLogs as the proxy hands it out. */
export type SpendLog = Readonly<Record<string, unknown>> & {
	readonly request_id: string;
	/** ISO text, to the millisecond, as the column keeps it. */
	readonly startTime: string;
};

/** A call as a test or demo writes it; what is left out gets a plausible value. */
export interface SpendLogScript {
	readonly id: string;
	/** ISO text. */
	readonly startedAt: string;
	readonly durationMs?: number;
	readonly model?: string;
	readonly provider?: string;
	readonly promptTokens?: number;
	readonly completionTokens?: number;
	readonly spend?: number;
	/** A failure has no tokens, costs nothing and ends when it begins. */
	readonly hasFailed?: boolean;
	readonly user?: string;
	readonly tags?: readonly string[];
	readonly sessionId?: string;
	/** Put into the row as it is. */
	readonly override?: Readonly<Record<string, unknown>>;
}

/** The row that a call becomes. Columns: litellm/proxy/schema.prisma of https://github.com/BerriAI/litellm */
export function createSpendLog(script: SpendLogScript): SpendLog {
	const { id, startedAt, hasFailed = false, model = "gpt-4o", provider = "openai" } = script;
	const durationMs = hasFailed ? 0 : (script.durationMs ?? 1200);
	const [prompt, completion] = hasFailed ? [0, 0] : [script.promptTokens ?? 1000, script.completionTokens ?? 100];
	const start = new Date(startedAt);
	const endTime = new Date(start.getTime() + durationMs).toISOString();
	const usage = { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion };
	return {
		request_id: id,
		call_type: hasFailed ? "" : "acompletion",
		api_key: createHash("sha256").update("a key").digest("hex"),
		spend: hasFailed ? 0 : (script.spend ?? 0.0035),
		...usage,
		startTime: start.toISOString(),
		endTime,
		request_duration_ms: durationMs,
		completionStartTime: endTime,
		model,
		model_id: hasFailed ? "" : "model-1",
		model_group: hasFailed ? "" : model,
		custom_llm_provider: hasFailed ? "" : provider,
		api_base: "",
		user: script.user ?? "alice",
		metadata: {
			status: hasFailed ? "failure" : "success",
			user_api_key_alias: "ci",
			user_api_key_team_alias: "platform",
			spend_logs_metadata: null,
			usage_object: hasFailed ? null : usage,
			error_information: hasFailed
				? { error_code: "429", error_class: "RateLimitError", error_message: "slow down" }
				: null,
		},
		cache_hit: "False",
		cache_key: "Cache OFF",
		request_tags: script.tags ?? [],
		team_id: "team-1",
		organization_id: null,
		end_user: "",
		requester_ip_address: null,
		messages: {},
		response: {},
		session_id: script.sessionId ?? `session-of-${id}`,
		status: hasFailed ? "failure" : "success",
		proxy_server_request: {},
		...script.override,
	};
}
