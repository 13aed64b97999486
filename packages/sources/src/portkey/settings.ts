import { setting } from "@tidemark/core";
import { z } from "zod";

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const portkeySettings = z.object({
	files: setting(z.array(z.string()).default([]), {
		env: "PORTKEY_FILE",
		flag: "file <file>",
		words: "Export files that are there already, JSON lines, gzip too: these are read, and PortKey is not asked.",
		positional: true,
		many: true,
	}),
	apiKey: setting(
		z
			.string()
			// Anything else could not be sent, and the refusal would show it.
			.regex(/^[\x21-\x7e]+$/, "it holds characters that no key has")
			.optional(),
		{
			env: "PORTKEY_API_KEY",
			flag: "api-key <key>",
			words: "A key of the workspace or organisation with the scopes logs.export, logs.list and logs.view.",
			secret: true,
		},
	),
	baseUrl: setting(z.url({ protocol: /^https?$/ }).default("https://api.portkey.ai/v1"), {
		env: "PORTKEY_BASE_URL",
		flag: "base-url <url>",
		words: "Where PortKey's API is: https://aigw.portkey.ai/v1 for newer tenants, or your own.",
	}),
	auth: setting(z.enum(["auto", "portkey", "bearer"]).default("auto"), {
		env: "PORTKEY_AUTH",
		flag: "auth <auto|portkey|bearer>",
		words: "How the key is sent: as x-portkey-api-key, or as a bearer token. auto tries both.",
	}),
	workspace: setting(
		z
			.string()
			// With an id PortKey answers as if nothing had ever been logged.
			.refine((text) => !uuid.test(text), "it should be the workspace's slug (ws-…), not its id")
			.optional(),
		{
			env: "PORTKEY_WORKSPACE",
			flag: "workspace <slug>",
			words: "The slug (ws-…) of the workspace whose logs are wanted; a workspace's own key needs none.",
		},
	),
	costUnit: setting(z.enum(["auto", "usd", "cents"]).default("auto"), {
		env: "PORTKEY_COST_UNIT",
		flag: "cost-unit <auto|usd|cents>",
		words: "What PortKey's costs are counted in. auto compares the first ones with list prices.",
		shapesRows: true,
	}),
	storePrompts: setting(z.boolean().default(false), {
		env: "PORTKEY_STORE_PROMPTS",
		flag: "store-prompts",
		words: "Also ask for the texts of prompts and errors, and store them. Without it they are not even asked for.",
		shapesRows: true,
	}),
});

export type PortkeyConfig = z.infer<typeof portkeySettings>;
