import { isTimeZone, openDatabase, parseSince } from "@tidemark/core";
import { UsageError } from "@tidemark/db";
import { groupings, readOverview, renderCsv, renderJson, renderMarkdown, renderTerminal } from "@tidemark/stats";
import { defineCommand, exitCode } from "../define-command.ts";
import { jsonFlag, sinceFlag } from "../flags.ts";

/** `telemetry stats` */
export const command = defineCommand({
	name: "stats",
	about:
		"Shows the figures of a period, by the time of the event: GitHub Actions and calls to language models, each if there are any.",
	flags: {
		...sinceFlag,
		[`by <${groupings.join("|")}>`]:
			"Also in groups: workflow, runner and repository are of the CI, model, phase and developer of the calls, day of both.",
		"zone <zone>": "The time zone in which days begin. Default: UTC.",
		...jsonFlag,
		csv: "Print the groups as CSV, with the columns of the part they are of. By day and without --by the columns of both parts stand side by side, as ci_... and llm_...",
		md: "Print Markdown.",
	},
	async run({ given, terminal: { print, note, width, hasColor: color } }) {
		const { since = "30d", by, zone = "UTC", json, csv, md } = given.flags;
		if (!isTimeZone(String(zone))) {
			throw new UsageError(`--zone ${String(zone)} is not a time zone.`, {
				fix: "Use for example --zone Europe/Berlin.",
			});
		}
		const grouping = groupings.find((each) => each === by);
		if (by !== grouping) {
			throw new UsageError(`--by ${String(by)} is not known.`, { fix: `Use one of ${groupings.join(", ")}.` });
		}
		if ([json, csv, md].filter(Boolean).length > 1) {
			throw new UsageError("Only one of --json, --csv and --md can be printed.", { fix: "Leave out the others." });
		}
		const from = parseSince(String(since), Date.now(), String(zone));
		await using db = await openDatabase(given, note);
		const seen = await readOverview(db, { since: from, zone: String(zone), by: grouping });
		if (json) print(renderJson(seen));
		else if (csv) print(renderCsv(seen));
		else print(md ? renderMarkdown(seen) : renderTerminal(seen, { width, color }));
		return exitCode.ok;
	},
});
