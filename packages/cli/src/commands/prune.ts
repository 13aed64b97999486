import { generalSettings, openDatabase, readSettings } from "@tidemark/core";
import { type Pruned, prune as pruneDatabase } from "@tidemark/db";
import { formatCount } from "@tidemark/text";
import { defineCommand, exitCode } from "../define-command.ts";
import { jsonFlag } from "../flags.ts";

/** `telemetry prune` */
export const command = defineCommand({
	name: "prune",
	about:
		"Deletes rows whose event is older than the retention, by the database's clock. `ingest all` does it at its end.",
	flags: {
		"dry-run": "Count what would be deleted, delete nothing.",
		force: "Delete even if the clock is more than 7 days after everything that is stored.",
		...jsonFlag,
	},
	async run({ terminal, given, interrupt, show }) {
		const { retention } = readSettings(generalSettings, given);
		const isDryRun = given.flags["dry-run"] === true;
		await using db = await openDatabase(given, terminal.note);
		const force = given.flags.force === true;
		const pruned = await pruneDatabase(db, { retention, dryRun: isDryRun, force, signal: interrupt });
		show({ dryRun: isDryRun, ...pruned }, describePruned(pruned, isDryRun ? "Would delete" : "Deleted"));
		return interrupt.aborted ? exitCode.interrupted : exitCode.ok;
	},
});

function describePruned({ cut, deleted }: Pruned, deeds: string): string[] {
	if (cut === null) return ["The retention is off: everything is kept."];
	const counts = Object.entries(deleted).map(
		([table, count]) => `  ${table.padEnd(20)}${formatCount(count).padStart(12)}`,
	);
	return [`${deeds} what happened before ${cut.slice(0, 19)}Z:`, ...counts];
}
