import type { Context, Source } from "@tidemark/core";
import { type JsonCursor, jsonCursor } from "../json/json-cursor.ts";
import { resolveJsonPaths } from "../json/json-paths.ts";
import { readJsonFile } from "../json/read-json-file.ts";
import { type Call, callParser } from "../llm-call/call-parser.ts";
import { rowsOfCall } from "../llm-call/rows-of-call.ts";
import { itemsOfRequest } from "./items.ts";
import { type OtlpConfig, otlpSettings } from "./settings.ts";

/** Calls that programs tell of by OpenTelemetry's conventions for generative AI, from files of OTLP/JSON. */
export const otlp: Source<OtlpConfig, JsonCursor, Call> = {
	name: "otlp",
	idle: "name a file of OTLP/JSON: pnpm telemetry ingest otlp <file> (OTLP_PATH)",
	config: otlpSettings,
	cursor: jsonCursor,
	entry: callParser,
	keepsTimes: true,
	async *targets({ config }: Context<OtlpConfig>) {
		for (const name of await resolveJsonPaths(config.paths)) yield { name };
	},
	read: ({ name }, from, context) => readJsonFile(name, from, context, () => itemsOfRequest),
	rows: (call) => rowsOfCall("otlp", call),
};
