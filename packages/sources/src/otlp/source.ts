import { type Call, makeCallKind } from "@tidemark/calls";
import { type Context, resolvePaths, type Source, setting } from "@tidemark/core";
import { z } from "zod";
import { type JsonCursor, jsonCursor, jsonFiles, readJsonFile } from "../json/read-json-file.ts";
import { requestItems } from "./request-items.ts";

const otlpSettings = z.object({
	paths: setting(z.array(z.string()).default([]), {
		env: "OTLP_PATH",
		flag: "path <file>",
		words:
			"OpenTelemetry as OTLP/JSON, as a collector's file exporter writes it: spans of generative AI, and Claude Code's events; files, folders, globs, gzip too.",
		positional: true,
		many: true,
	}),
});

/** Calls that programs report by OpenTelemetry's conventions for generative AI, from files of OTLP/JSON. */
export const otlp: Source<z.infer<typeof otlpSettings>, JsonCursor, Call> = {
	...makeCallKind("otlp"),
	idle: "name a file of OTLP/JSON: pnpm telemetry ingest otlp <file> (OTLP_PATH)",
	config: otlpSettings,
	cursor: jsonCursor,
	keepsTimes: true,
	read: ({ name }, from, context) =>
		readJsonFile(name, from, context, () => ({ toItems: requestItems, state: () => ({}) })),
	async *targets({ config }: Context<z.infer<typeof otlpSettings>>) {
		for (const name of await resolvePaths(config.paths, jsonFiles)) yield { name };
	},
};
