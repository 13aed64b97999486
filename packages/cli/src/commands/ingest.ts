import {
	chooseSources,
	type Given,
	ingestSettings,
	isMeant,
	listFamilies,
	listSettings,
	openDatabase,
	type Setting,
} from "@tidemark/core";
import { UsageError } from "@tidemark/db";
import { sources } from "@tidemark/sources";
import { type Call, type Command, defineCommand, exitCode, wantsHelp } from "../define-command.ts";
import { everywhere, type Flags, jsonFlag, type SettingGroup } from "../flags.ts";
import { formatHelp } from "../help.ts";
import { ingestAndReport } from "../ingest-report.ts";

const about =
	"Collects what is new since the last time. Run it as often as you like: nothing is stored twice, and what was interrupted goes on where it stopped.";

const flags: Flags = { "dry-run": "Read and check everything, store nothing.", ...jsonFlag };

const shared: readonly SettingGroup[] = [
	{ title: "Every ingestion", settings: listSettings(ingestSettings) },
	everywhere,
];

const families = listFamilies(sources);

/** `telemetry ingest all|<source>…` */
export const command: Command = {
	name: "ingest",
	about,
	async run(args, shell) {
		const end = args.findIndex((arg) => arg !== "all" && !sources.some((source) => isMeant(source, arg)));
		const names = end === -1 ? args : args.slice(0, end);
		if (names.length > 0) return defineIngest([...new Set(names)]).run(args.slice(names.length), shell);
		if (wantsHelp(args)) {
			shell.terminal.print(overviewPage());
			return exitCode.ok;
		}
		throw new UsageError(args[0] ? `There is no source "${args[0]}".` : "Which source?", {
			fix: `Use: pnpm telemetry ingest all, or one of ${families.join(", ")}.`,
		});
	},
};

function overviewPage(): string {
	const commands = [
		{ name: "ingest all", about: "Run every source that is set up, then delete what is older than the retention." },
		...families.map((family) => ({
			name: `ingest ${family}`,
			about: [...new Set(chooseSources(sources, [family]).map(({ idle }) => idle))].join("; "),
		})),
	];
	return formatHelp({
		usage: ["ingest all [flags]", "ingest <source> [flags]"],
		about: `${about} \`pnpm telemetry ingest <source> --help\` explains the settings of a source.`,
		commands,
		flags,
		settings: shared,
		after: `Examples:
  pnpm telemetry ingest github --repo acme/app --repo acme/api --since 60d
  pnpm telemetry ingest csv usage.csv "logs/*.csv.gz" --since 30d
  pnpm telemetry ingest csv trace.csv --map timestamp=TIMESTAMP,prompt_tokens=ContextTokens --default model=gpt-4

Exit codes: 0 all well, 1 something failed, 2 usage, 75 not finished or running elsewhere, 130 interrupted.`,
	});
}

/** The command for the sources of these names: its flags are theirs. */
function defineIngest(names: readonly string[]): Command {
	const isNamed = !names.includes("all");
	const chosen = isNamed ? chooseSources(sources, names) : sources;
	const settings = [...new Map(chosen.flatMap((source) => source.settings).map((each) => [each.env, each])).values()];
	// A flag could be meant for any of several sources; the members of one family share theirs.
	const own = isNamed && names.length === 1 ? settings : [];
	const place = own.find(({ positional }) => positional);
	return defineCommand({
		name: `ingest ${names.join(" ")}`,
		about,
		flags,
		settings: [{ title: `Source ${names.join()}`, settings: own }, ...shared],
		inherited: settings,
		positionals: place && { label: `[${place.value}…]`, max: Number.POSITIVE_INFINITY },
		async run(call) {
			const given = { ...call.given, flags: addPlaces(call, place) };
			await using db = await openDatabase(given, call.terminal.note);
			const isDryRun = given.flags["dry-run"] === true;
			return await ingestAndReport({ db, sources: chosen, given, isNamed, isDryRun }, call);
		},
	});
}

/** The flags, with what was typed without one before the values of its setting. */
function addPlaces({ given: { flags: typed }, positionals }: Call, place: Setting | undefined): Given["flags"] {
	if (!place || positionals.length === 0) return typed;
	const flagged = typed[place.flag];
	return { ...typed, [place.flag]: [...positionals, ...(Array.isArray(flagged) ? flagged : [])] };
}
