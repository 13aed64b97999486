import { type Context, requestText } from "@tidemark/core";
import { TelemetryError } from "@tidemark/db";
import { parseJson } from "../../json/parse-json.ts";
import type { LitellmConfig } from "../settings.ts";

/** Asks a proxy for something by path and query. */
export type Ask = ReturnType<typeof createAsk>;

const label = "LiteLLM";

/** A page of a thousand rows with stored prompts is large. */
const maxBytes = 64 * 1024 * 1024;

/** How often an answer that breaks off in its middle is asked for again. */
const maxTries = 4;

/** A proxy's address as it may be shown and stored: without name and password. */
export function hideLogin({ origin, pathname }: URL): string {
	return `${origin}${pathname}`.replace(/\/+$/, "");
}

/** @returns a function whose answers are JSON. One with another status than 200 is returned only if it is `expected`, without. */
export function createAsk(baseUrl: URL, { config, signal, report }: Context<LitellmConfig>) {
	const headers = config.apiKey === undefined ? {} : { authorization: `Bearer ${config.apiKey}` };
	const onRetry = (reason: string, waitMs: number) => {
		if (waitMs >= noticeableMs) report.info(`${reason}; trying again in ${Math.ceil(waitMs / 1000)} s.`);
	};
	return async (path: string, query: Readonly<Record<string, string>>, expected: readonly number[] = []) => {
		const url = `${hideLogin(baseUrl)}${path}?${new URLSearchParams(query)}`;
		for (let count = 1; ; count++) {
			const answer = await requestText(url, { label, headers, signal, maxBytes, onRetry });
			if (expected.includes(answer.status)) return { ...answer, json: undefined };
			if (answer.status !== 200) throw explainStatus(answer.status, path);
			const json = parseJson(answer.text);
			if (json !== undefined) return { ...answer, json };
			if (count === maxTries) throw notSpendLogs(path);
		}
	};
}

const noticeableMs = 5000;

/** An answer that is JSON and yet not what was asked for. */
export function notSpendLogs(path: string): TelemetryError {
	return new TelemetryError(`LiteLLM answered ${path} with something else than spend logs.`, {
		fix: "Check that LITELLM_BASE_URL (--base-url) is the address of a LiteLLM proxy.",
	});
}

function explainStatus(status: number, path: string): TelemetryError {
	if (status === 401 || status === 403) {
		return new TelemetryError(`LiteLLM refused the key (${status}).`, {
			fix: "Set LITELLM_API_KEY (--api-key) to the proxy's master key or to one of an admin viewer.",
		});
	}
	if (status === 404) {
		return new TelemetryError("LiteLLM has no spend logs at this address (404).", {
			fix: "Check LITELLM_BASE_URL (--base-url): the address of the proxy itself, without /v1.",
		});
	}
	return new TelemetryError(`LiteLLM answered ${path} with ${status}.`, {
		fix: "Check LITELLM_BASE_URL (--base-url), and that the proxy has a database.",
	});
}
