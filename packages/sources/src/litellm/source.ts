import { type Call, makeCallKind } from "@tidemark/calls";
import { type Context, resolvePaths, type Source } from "@tidemark/core";
import { z } from "zod";
import { jsonCursor, jsonFiles, readJsonFile } from "../json/read-json-file.ts";
import { hideLogin } from "./proxy/client.ts";
import { proxyCursor, readProxy } from "./proxy/read-proxy.ts";
import { recordItem } from "./records.ts";
import { type LitellmConfig, litellmSettings } from "./settings.ts";

/** How far a file or a proxy was read. */
const litellmCursor = z.union([jsonCursor, proxyCursor]);

/**
 * Calls through LiteLLM, from the logs of its callbacks or from the spend logs of a proxy. A call is known by LiteLLM's
 * own id, so that it is one row whichever way it comes; the times of the two ways differ a little.
 */
export const litellm: Source<LitellmConfig, z.infer<typeof litellmCursor>, Call> = {
	...makeCallKind("litellm"),
	idle: "name a log: pnpm telemetry ingest litellm <file> (LITELLM_LOG_PATH), or a proxy: LITELLM_BASE_URL and LITELLM_API_KEY",
	config: litellmSettings,
	cursor: litellmCursor,
	keepsTimes: true,
	async *targets({ config }: Context<LitellmConfig>) {
		for (const name of await resolvePaths(config.paths, jsonFiles)) yield { name };
		if (config.baseUrl) yield { name: hideLogin(config.baseUrl) };
	},
	async *read({ name }, from, context) {
		const { baseUrl, repository } = context.config;
		if (baseUrl && name === hideLogin(baseUrl)) {
			yield* readProxy(baseUrl, from && "through" in from ? from : undefined, context);
			return;
		}
		yield* readJsonFile(name, from && "offset" in from ? from : undefined, context, () => ({
			toItems: (value, at) => [recordItem(value, at, repository)],
			state: () => ({}),
		}));
	},
};
