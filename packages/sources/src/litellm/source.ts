import type { Context, Source } from "@tidemark/core";
import { resolveJsonPaths } from "../json/json-paths.ts";
import { readJsonFile } from "../json/read-json-file.ts";
import { type Call, callParser } from "../llm-call/call-parser.ts";
import { rowsOfCall } from "../llm-call/rows-of-call.ts";
import { type LitellmCursor, litellmCursor } from "./cursor.ts";
import { itemOf } from "./items.ts";
import { addressOf } from "./proxy/address.ts";
import { readProxy } from "./proxy/read-proxy.ts";
import { type LitellmConfig, litellmSettings } from "./settings.ts";

/**
 * Calls through LiteLLM, from the logs of its callbacks or from the spend logs of a proxy. A call is known by LiteLLM's
 * own id, so that it is one row whichever way it comes; the times of the two ways differ a little.
 */
export const litellm: Source<LitellmConfig, LitellmCursor, Call> = {
	name: "litellm",
	idle: "name a log: pnpm telemetry ingest litellm <file> (LITELLM_LOG_PATH), or a proxy: LITELLM_BASE_URL and LITELLM_API_KEY",
	config: litellmSettings,
	cursor: litellmCursor,
	entry: callParser,
	keepsTimes: true,
	async *targets({ config }: Context<LitellmConfig>) {
		for (const name of await resolveJsonPaths(config.paths)) yield { name };
		if (config.baseUrl) yield { name: addressOf(config.baseUrl) };
	},
	async *read({ name }, from, context) {
		const { baseUrl } = context.config;
		if (baseUrl && name === addressOf(baseUrl)) {
			yield* readProxy(baseUrl, from && "through" in from ? from : undefined, context);
		} else {
			const stored = from && "offset" in from ? from : undefined;
			yield* readJsonFile(name, stored, context, () => (value, at) => [itemOf(value, at, context.config)]);
		}
	},
	rows: (call) => rowsOfCall("litellm", call),
};
