import { generalSettings, isTimeZone, openDatabase, parseSince, settingsOf } from "@tidemark/core";
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
import { type Command, exitCode } from "../command.ts";
import { type Flag, jsonFlag, parseFlags } from "../flags.ts";
import { helpPage } from "../help.ts";
import type { Terminal } from "../terminal.ts";

const flags: readonly Flag[] = [
	{ flag: "since", value: "<time>", words: "From when on: 30d, 12h, 2026-02-01 or a timestamp. Default: 30d." },
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
];

/** `telemetry stats` */
export const stats: Command = {
	help: () =>
		helpPage({
			usage: ["stats [--since 30d] [--by <group>] [--zone UTC] [--json|--csv|--md]"],
			words:
				"Figures of what happened in a period, by the time of the event: GitHub Actions and calls to language models, each where there are any.",
			flags,
			settings: [{ title: "Everywhere", settings: settingsOf(generalSettings) }],
		}),
	async run(args, { environment, terminal }) {
		const given = { flags: parseFlags(args, [...flags, ...settingsOf(generalSettings)]).flags, environment };
		const { since = "30d", by, zone = "UTC" } = given.flags;
		if (!isTimeZone(String(zone))) {
			throw new UsageError(`--zone ${String(zone)} is not a time zone.`, {
				fix: "Use for example --zone Europe/Berlin.",
			});
		}
		const options = {
			since: parseSince(String(since), Date.now(), String(zone)),
			zone: String(zone),
			by: grouping(by),
		};
		await using db = await openDatabase(given);
		terminal.print(rendered(await readOverview(db, options), given.flags, terminal));
		return exitCode.ok;
	},
};

function rendered(seen: Document, { json, csv, md }: Readonly<Record<string, unknown>>, { width, hasColor }: Terminal) {
	if ([json, csv, md].filter(Boolean).length > 1) {
		throw new UsageError("Only one of --json, --csv and --md can be printed.", { fix: "Leave out the others." });
	}
	if (json) return renderJson(seen);
	if (csv) return renderCsv(seen);
	return md ? renderMarkdown(seen) : renderTerminal(seen, { width, color: hasColor });
}

function grouping(by: unknown): Grouping | undefined {
	if (by === undefined) return undefined;
	const known = groupings.find((each) => each === by);
	if (known) return known;
	throw new UsageError(`--by ${String(by)} is not known.`, { fix: `Use one of ${groupings.join(", ")}.` });
}
