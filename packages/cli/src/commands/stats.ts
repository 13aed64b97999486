import { isTimeZone, openDatabase, parseSince } from "@tidemark/core";
import { UsageError } from "@tidemark/db";
import {
	type Document,
	type Grouping,
	groupings,
	readOverview,
	renderCsv,
	renderJson,
	renderMarkdown,
	renderTerminal,
} from "@tidemark/stats";
import { defineCommand, exitCode } from "../define-command.ts";
import { jsonFlag, sinceFlag } from "../flags.ts";
import type { Terminal } from "../terminal.ts";

/** `telemetry stats` */
export const stats = defineCommand({
	name: "stats",
	summary: "Show what CI and the calls to models did and cost, and how the last ingestions went.",
	about:
		"Shows the figures of a period, by the time of the event: GitHub Actions and calls to language models, each if there are any.",
	flags: [
		sinceFlag,
		{
			flag: "by",
			value: `<${groupings.join("|")}>`,
			words:
				"Also in groups: workflow, runner and repository are of the CI, model, phase and developer of the calls, day of both.",
		},
		{ flag: "zone", value: "<zone>", words: "The time zone in which days begin. Default: UTC." },
		jsonFlag,
		{
			flag: "csv",
			words:
				"Print the groups as CSV, with the columns of the part they are of. By day and without --by the columns of both parts stand side by side, as ci_... and llm_...",
		},
		{ flag: "md", words: "Print Markdown." },
	],
	async run({ given, terminal }) {
		const { since = "30d", by, zone = "UTC" } = given.flags;
		if (!isTimeZone(String(zone))) {
			throw new UsageError(`--zone ${String(zone)} is not a time zone.`, {
				fix: "Use for example --zone Europe/Berlin.",
			});
		}
		const options = {
			since: parseSince(String(since), Date.now(), String(zone)),
			zone: String(zone),
			by: readGrouping(by),
		};
		await using db = await openDatabase(given, terminal.note);
		terminal.print(render(await readOverview(db, options), given.flags, terminal));
		return exitCode.ok;
	},
});

function render(seen: Document, { json, csv, md }: Readonly<Record<string, unknown>>, { width, hasColor }: Terminal) {
	if ([json, csv, md].filter(Boolean).length > 1) {
		throw new UsageError("Only one of --json, --csv and --md can be printed.", { fix: "Leave out the others." });
	}
	if (json) return renderJson(seen);
	if (csv) return renderCsv(seen);
	return md ? renderMarkdown(seen) : renderTerminal(seen, { width, color: hasColor });
}

function readGrouping(by: unknown): Grouping | undefined {
	if (by === undefined) return undefined;
	const known = groupings.find((each) => each === by);
	if (known) return known;
	throw new UsageError(`--by ${String(by)} is not known.`, { fix: `Use one of ${groupings.join(", ")}.` });
}
