import { generalSettings, openDatabase, readSettings, settingsOf } from "@tidemark/core";
import { prune as pruneDatabase } from "@tidemark/db";
import { type Command, exitCode } from "../command.ts";
import { type Flag, jsonFlag, parseFlags } from "../flags.ts";
import { formatCount } from "../format.ts";
import { helpPage } from "../help.ts";

const flags: readonly Flag[] = [{ flag: "dry-run", words: "Count what would be deleted, delete nothing." }, jsonFlag];

/** `telemetry prune` */
export const prune: Command = {
	help: () =>
		helpPage({
			usage: ["prune [--dry-run] [--retention 6mo]"],
			words:
				"Deletes rows whose event is older than the retention, by the database's clock. `ingest all` does it at its end.",
			flags,
			settings: [{ title: "Everywhere", settings: settingsOf(generalSettings) }],
		}),
	async run(args, { environment, terminal, interrupt }) {
		const given = { flags: parseFlags(args, [...flags, ...settingsOf(generalSettings)]).flags, environment };
		const { retention } = readSettings(generalSettings, given);
		const isDryRun = given.flags["dry-run"] === true;
		await using db = await openDatabase(given);
		const pruned = await pruneDatabase(db, { retention, dryRun: isDryRun, signal: interrupt });
		if (given.flags.json) terminal.print(JSON.stringify({ dryRun: isDryRun, ...pruned }, null, 2));
		else if (pruned.cut === null) terminal.print("The retention is off: everything is kept.");
		else {
			terminal.print(`${isDryRun ? "Would delete" : "Deleted"} what happened before ${pruned.cut.slice(0, 19)}Z:`);
			for (const [table, count] of Object.entries(pruned.deleted)) {
				terminal.print(`  ${table.padEnd(20)}${formatCount(count).padStart(12)}`);
			}
		}
		return interrupt.aborted ? exitCode.interrupted : exitCode.ok;
	},
};
