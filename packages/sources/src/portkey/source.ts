import { type Context, resolvePaths, type Source } from "@tidemark/core";
import { type PortkeyCursor, portkeyCursor } from "./cursor.ts";
import { type Log, logParser } from "./entry.ts";
import { type Manner, usualManner } from "./manner.ts";
import { readExports } from "./read-exports.ts";
import { readExportFile } from "./read-file.ts";
import { rowsOfLog, sourceName } from "./rows.ts";
import { type PortkeyConfig, portkeySettings } from "./settings.ts";

/** Calls that went through PortKey's gateway: from its log exports, or from export files. */
export const portkey = portkeyWith(usualManner);

/** The same in another manner, for tests. */
export function portkeyWith(manner: Manner): Source<PortkeyConfig, PortkeyCursor, Log> {
	return {
		name: sourceName,
		idle: "set PORTKEY_API_KEY, or name an export file: pnpm telemetry ingest portkey <file> (PORTKEY_FILE)",
		config: portkeySettings,
		cursor: portkeyCursor,
		entry: logParser,
		async *targets({ config }: Context<PortkeyConfig>) {
			for (const name of await resolvePaths(config.files)) yield { name };
			if (config.files.length === 0 && config.apiKey !== undefined) yield { name: nameOf(config) };
		},
		async *read(target, from, context) {
			const { files, apiKey } = context.config;
			if (files.length > 0) {
				yield* readExportFile(target.name, from && "offset" in from ? from : undefined, context, manner);
			} else if (apiKey !== undefined) {
				yield* readExports(apiKey, from && !("offset" in from) ? from : undefined, context, manner);
			}
		},
		rows: rowsOfLog,
	};
}

/** `api.portkey.ai/ws-demo` */
function nameOf({ baseUrl, workspace }: PortkeyConfig): string {
	const { host } = new URL(baseUrl);
	return workspace === undefined ? host : `${host}/${workspace}`;
}
