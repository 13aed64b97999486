import { generalSettings, openDatabase, readSettings } from "@tidemark/core";
import { prune as pruneDatabase } from "@tidemark/db";
import { formatCount, formatJson } from "@tidemark/text";
import { defineCommand, exitCode } from "../define-command.ts";
import { everywhere, jsonFlag } from "../flags.ts";

/** `telemetry prune` */
export const prune = defineCommand({
	name: "prune",
	summary: "Delete what is older than the retention.",
	about:
		"Deletes rows whose event is older than the retention, by the database's clock. `ingest all` does it at its end.",
	flags: [{ flag: "dry-run", words: "Count what would be deleted, delete nothing." }, jsonFlag],
	settings: [everywhere],
	async run({ given, terminal, interrupt }) {
		const { retention } = readSettings(generalSettings, given);
		const isDryRun = given.flags["dry-run"] === true;
		await using db = await openDatabase(given);
		const pruned = await pruneDatabase(db, { retention, dryRun: isDryRun, signal: interrupt });
		if (given.flags.json) terminal.print(formatJson({ dryRun: isDryRun, ...pruned }));
		else if (pruned.cut === null) terminal.print("The retention is off: everything is kept.");
		else {
			terminal.print(`${isDryRun ? "Would delete" : "Deleted"} what happened before ${pruned.cut.slice(0, 19)}Z:`);
			for (const [table, count] of Object.entries(pruned.deleted)) {
				terminal.print(`  ${table.padEnd(20)}${formatCount(count).padStart(12)}`);
			}
		}
		return interrupt.aborted ? exitCode.interrupted : exitCode.ok;
	},
});
