import { setTimeout as sleep } from "node:timers/promises";
import { generalSettings, ingestSettings, openDatabase, runIngestion, settingsOf } from "@tidemark/core";
import { UsageError } from "@tidemark/db";
import { sources } from "@tidemark/sources";
import { type Command, exitCode, type Shell } from "../command.ts";
import { type Flag, type Parsed, parseFlags } from "../flags.ts";
import { helpPage } from "../help.ts";
import { printIngestion } from "../ingest-report.ts";
import { printError } from "../print-error.ts";
import { reporterFor } from "../reporter.ts";

const flags: readonly Flag[] = [
	{ flag: "interval", value: "<minutes>", words: "Minutes from the end of one ingestion to the next. Default: 10." },
];

/** `telemetry worker` */
export const worker: Command = {
	help: () =>
		helpPage({
			usage: ["worker [--interval 10]"],
			words:
				"For those without the Action: runs `ingest all` in a loop. An ingestion that fails is reported, and the next one tries again.",
			flags,
			settings: [
				{ title: "Everywhere", settings: settingsOf(generalSettings) },
				{ title: "Every ingestion", settings: settingsOf(ingestSettings) },
			],
		}),
	async run(args, shell) {
		const { flags: typed } = parseFlags(args, [
			...flags,
			...settingsOf(generalSettings),
			...settingsOf(ingestSettings),
		]);
		const minutes = Number(typed.interval ?? 10);
		if (!(minutes > 0)) {
			throw new UsageError(`--interval ${String(typed.interval)} is not a number of minutes.`, {
				fix: "Use for example --interval 10.",
			});
		}
		while (!shell.interrupt.aborted) {
			await ingestOnce(typed, shell);
			if (!shell.interrupt.aborted) shell.terminal.note(`Next in ${minutes} min; Ctrl-C ends.`);
			await sleep(minutes * 60_000, undefined, { signal: shell.interrupt }).catch(() => undefined);
		}
		return exitCode.interrupted;
	},
};

/** The database is closed in between, so that others can use an embedded one. */
async function ingestOnce(typed: Parsed["flags"], shell: Shell): Promise<void> {
	const given = { flags: typed, environment: shell.environment };
	try {
		await using db = await openDatabase(given);
		printIngestion(
			await runIngestion({
				db,
				sources,
				given,
				isNamed: false,
				cancel: shell.interrupt,
				report: reporterFor(shell.terminal),
			}),
			shell.terminal,
		);
	} catch (error) {
		if (error instanceof UsageError) throw error;
		printError(error, shell.terminal);
	}
}
