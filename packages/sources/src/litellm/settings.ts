import { parseRepositoryName } from "@tidemark/calls";
import { setting } from "@tidemark/core";
import { z } from "zod";

export const litellmSettings = z.object({
	paths: setting(z.array(z.string()).default([]), {
		env: "LITELLM_LOG_PATH",
		flag: "path <file>",
		words: "Logs of LiteLLM: JSON Lines or lists of records; files, folders, globs, gzip too, - for standard input.",
		positional: true,
		many: true,
	}),
	baseUrl: setting(
		z
			.url({ protocol: /^https?$/, error: "it should be an address such as http://localhost:4000" })
			.transform((text) => new URL(text))
			.optional(),
		{
			env: "LITELLM_BASE_URL",
			flag: "base-url <url>",
			words: "Address of a LiteLLM proxy whose spend logs are read, for example http://localhost:4000.",
			// An address may hold a password.
			secret: true,
		},
	),
	apiKey: setting(z.string().optional(), {
		env: "LITELLM_API_KEY",
		flag: "api-key <key>",
		words: "Key that may read the proxy's spend logs: its master key, or one of an admin viewer.",
		secret: true,
	}),
	repository: setting(
		z
			.string()
			.refine((text) => parseRepositoryName(text) !== null, "it should be a repository such as owner/name")
			.optional(),
		{
			env: "LITELLM_REPOSITORY",
			flag: "repo <owner/name>",
			words: "The repository of calls that name none.",
			shapesRows: true,
		},
	),
});

export type LitellmConfig = z.infer<typeof litellmSettings>;
