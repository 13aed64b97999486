import { existsSync } from "node:fs";
import { type Call, makeCallKind } from "@tidemark/calls";
import { type Context, resolvePaths, type Source } from "@tidemark/core";
import { type CsvCursor, csvCursor, readCsv } from "./read.ts";
import { type CsvConfig, csvSettings } from "./settings.ts";

const usualPath = ".telemetry/usage.csv";

/** Usage files: one line for each call to a model, as people and tools keep them. */
export const csv: Source<CsvConfig, CsvCursor, Call> = {
	...makeCallKind("csv"),
	idle: `put a usage file at ${usualPath}, or name one: pnpm telemetry ingest csv <file> (TELEMETRY_CSV_PATH)`,
	config: csvSettings,
	cursor: csvCursor,
	async *targets({ config }: Context<CsvConfig>) {
		const usual = existsSync(usualPath) ? [usualPath] : [];
		for (const name of await resolvePaths(config.paths.length > 0 ? config.paths : usual)) yield { name };
	},
	read: (target, from, context) => readCsv(target.name, from, context),
};
