import { type Context, resolvePaths, type Source } from "@tidemark/core";
import { z } from "zod";
import { type Log, logParser, logRows, sourceName } from "./log-rows.ts";
import { exportFileCursor, readExportFile } from "./read-export-file.ts";
import { exportsCursor, type Manner, readExports, usualManner } from "./read-exports.ts";
import { type PortkeyConfig, portkeySettings } from "./settings.ts";

const portkeyCursor = z.union([exportFileCursor, exportsCursor.strict()]);

/** Calls that went through PortKey's gateway: from its log exports, or from export files. */
export const portkey = createPortkey(usualManner);

/** The same in another manner, for tests. */
export function createPortkey(manner: Manner): Source<PortkeyConfig, z.infer<typeof portkeyCursor>, Log> {
	return {
		name: sourceName,
		idle: "set PORTKEY_API_KEY, or name an export file: pnpm telemetry ingest portkey <file> (PORTKEY_FILE)",
		config: portkeySettings,
		cursor: portkeyCursor,
		entry: logParser,
		async *targets({ config }: Context<PortkeyConfig>) {
			for (const name of await resolvePaths(config.files)) yield { name };
			if (config.files.length === 0 && config.apiKey !== undefined) yield { name: nameService(config) };
		},
		async *read(target, from, context) {
			const { files, apiKey } = context.config;
			if (files.length > 0) {
				const stored = from && "offset" in from ? from : undefined;
				yield* readExportFile(target.name, stored, context, manner.pageSize);
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
