import { setTimeout as sleep } from "node:timers/promises";
import { ingestSettings, listSettings, openDatabase } from "@tidemark/core";
import { UsageError } from "@tidemark/db";
import { sources } from "@tidemark/sources";
import { defineCommand, exitCode } from "../define-command.ts";
import { everywhere } from "../flags.ts";
import { ingestAndReport } from "../ingest-report.ts";
import { printError } from "../terminal.ts";

/** `telemetry worker` */
export const command = defineCommand({
	name: "worker",
	about:
		"Runs `ingest all` in a loop, for those without the Action. An ingestion that fails is reported, and the next one tries again.",
	flags: { "interval <minutes>": "Minutes from the end of one ingestion to the next. Default: 10." },
	settings: [everywhere, { title: "Every ingestion", settings: listSettings(ingestSettings) }],
	inherited: sources.flatMap(({ settings }) => settings),
	async run(call) {
		const { given, terminal, interrupt } = call;
		const minutes = Number(given.flags.interval ?? 10);
		if (!(minutes > 0)) {
			throw new UsageError(`--interval ${String(given.flags.interval)} is not a number of minutes.`, {
				fix: "Use for example --interval 10.",
			});
		}
		while (!interrupt.aborted) {
			try {
				// Closed in between, so that others can use an embedded one.
				await using db = await openDatabase(given, terminal.note);
				await ingestAndReport({ db, sources, given, isNamed: false }, call);
			} catch (error) {
				if (error instanceof UsageError) throw error;
				printError(error, terminal);
			}
			if (!interrupt.aborted) terminal.note(`Next in ${minutes} min; Ctrl-C ends.`);
			await sleep(minutes * 60_000, undefined, { signal: interrupt }).catch(() => undefined);
		}
		return exitCode.interrupted;
	},
});
