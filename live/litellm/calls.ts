import type { LiveProxy } from "./proxy.ts";

/** A call as it was sent, and what has to be stored of it. */
export interface SentCall {
	readonly session: string;
	readonly model: string;
	readonly kind: "plain" | "stream" | "cached" | "failed";
	readonly status: number;
	/** As the answer has them; null for a failure. */
	readonly inputTokens: number | null;
	readonly outputTokens: number | null;
}

interface Usage {
	readonly prompt_tokens: number;
	readonly completion_tokens: number;
}

/** Sends calls of every kind, one after the other. */
export async function sendCalls(proxy: LiveProxy): Promise<SentCall[]> {
	const sent: SentCall[] = [];
	for (let round = 0; round < 5; round++) {
		for (const model of ["gpt-4o", "claude-sonnet"]) {
			const words = `round ${round} of ${model}: what is the colour of the sky on a clear day?`;
			sent.push(await send(proxy, { model, words, kind: "plain", session: `plain-${model}-${round}` }));
			sent.push(await send(proxy, { model, words, kind: "cached", session: `cached-${model}-${round}` }));
			sent.push(
				await send(proxy, {
					model,
					words: `${words} Tell it slowly.`,
					kind: "stream",
					session: `stream-${model}-${round}`,
				}),
			);
		}
		const session = `failed-${round}`;
		sent.push(await send(proxy, { model: "always-limited", words: `round ${round}`, kind: "failed", session }));
	}
	return sent;
}

async function send(
	{ url, key }: LiveProxy,
	{ model, words, kind, session }: Pick<SentCall, "model" | "kind" | "session"> & { readonly words: string },
): Promise<SentCall> {
	const isStream = kind === "stream";
	const response = await fetch(`${url}/v1/chat/completions`, {
		method: "POST",
		headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
		body: JSON.stringify({
			model,
			messages: [{ role: "user", content: words }],
			stream: isStream,
			...(isStream && { stream_options: { include_usage: true } }),
			user: "alice",
			metadata: { session_id: session, tags: ["repo:acme/live"] },
			// Only what is asked twice may come from the cache.
			...(kind === "plain" || kind === "cached" ? {} : { cache: { "no-cache": true, "no-store": true } }),
		}),
	});
	const text = await response.text();
	const usage = usageIn(isStream ? lastEvent(text) : text);
	return {
		session,
		model,
		kind,
		status: response.status,
		inputTokens: usage?.prompt_tokens ?? null,
		outputTokens: usage?.completion_tokens ?? null,
	};
}

function usageIn(text: string): Usage | undefined {
	const { usage }: { usage?: Usage } = JSON.parse(text);
	return usage;
}

/** The last one has the usage; only the end follows. */
function lastEvent(text: string): string {
	return (
		text
			.split("\n")
			.findLast((line) => line.startsWith("data: {"))
			?.slice("data: ".length) ?? "{}"
	);
}
