import { type Context, resolvePaths, type Source } from "@tidemark/core";
import { z } from "zod";
import { jsonCursor, readJsonFile } from "../json/read-json-file.ts";
import type { Manner } from "./client.ts";
import { LogReading, settledUnit } from "./log-reading.ts";
import { type Log, logParser, logRows } from "./log-rows.ts";
import { exportsCursor, readExports, usualManner } from "./read-exports.ts";
import { type PortkeyConfig, portkeySettings } from "./settings.ts";

const fileCursor = jsonCursor.extend(settledUnit.shape);
const portkeyCursor = z.union([fileCursor, exportsCursor.strict()]);

/** Calls that went through PortKey's gateway: from its log exports, or from export files. */
export const portkey = createPortkey(usualManner);

/** The same in another manner, for tests. */
export function createPortkey(manner: Manner): Source<PortkeyConfig, z.infer<typeof portkeyCursor>, Log> {
	return {
		name: "portkey",
		idle: "set PORTKEY_API_KEY, or name an export file: pnpm telemetry ingest portkey <file> (PORTKEY_FILE)",
		config: portkeySettings,
		cursor: portkeyCursor,
		entry: logParser,
		async *targets({ config }: Context<PortkeyConfig>) {
			for (const name of await resolvePaths(config.files)) yield { name };
			if (config.files.length === 0 && config.apiKey !== undefined) yield { name: nameService(config) };
		},
		async *read({ name }, from, context) {
			const { files, apiKey } = context.config;
			if (files.length > 0) {
				const stored = from && "offset" in from ? from : undefined;
				yield* readJsonFile<z.infer<typeof settledUnit>>(
					name,
					stored,
					context,
					(known) => new LogReading(context, known?.costUnit, true),
				);
			} else if (apiKey !== undefined) {
				yield* readExports(apiKey, from && !("offset" in from) ? from : undefined, context, manner);
			}
		},
		rows: logRows,
	};
}

/** `api.portkey.ai/ws-demo` */
function nameService({ baseUrl, workspace }: PortkeyConfig): string {
	const { host } = new URL(baseUrl);
	return workspace === undefined ? host : `${host}/${workspace}`;
}
