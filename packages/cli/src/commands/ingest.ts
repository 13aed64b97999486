import {
	type DefinedSource,
	generalSettings,
	ingestSettings,
	openDatabase,
	runIngestion,
	type Setting,
	settingsOf,
} from "@tidemark/core";
import { UsageError } from "@tidemark/db";
import { sources } from "@tidemark/sources";
import type { Command } from "../command.ts";
import { families } from "../families.ts";
import { type Flag, jsonFlag, type Parsed, parseFlags } from "../flags.ts";
import { helpPage } from "../help.ts";
import { exitCodeOf, ingestionJson, printIngestion } from "../ingest-report.ts";
import { reporterFor } from "../reporter.ts";

const flags: readonly Flag[] = [{ flag: "dry-run", words: "Read and check everything, store nothing." }, jsonFlag];

const sourceFamilies = families(sources, ({ name }) => name);

/** `telemetry ingest <source…|all>` */
export const ingest: Command = {
	help: () =>
		helpPage({
			usage: ["ingest all", `ingest <${sourceFamilies.map(([name]) => name).join("|")}> [flags]`],
			words:
				"Collects what is new since the last time. Run it as often as you like: nothing is stored twice, and what was interrupted goes on where it stopped. `all` runs every source that is set up and then removes what is older than the retention.",
			flags,
			settings: [
				{ title: "Everywhere", settings: settingsOf(generalSettings) },
				{ title: "Every ingestion", settings: settingsOf(ingestSettings) },
				...sourceFamilies.map(([name, members]) => ({
					title: titleOf(name, members),
					settings: settingsOnce(members),
				})),
			],
			after: `Examples:
  pnpm telemetry ingest github --repo acme/app --repo acme/api --since 60d
  pnpm telemetry ingest csv usage.csv "logs/*.csv.gz" --since 30d
  pnpm telemetry ingest csv trace.csv --map timestamp=TIMESTAMP,prompt_tokens=ContextTokens --default model=gpt-4

Exit codes: 0 all well, 1 something failed, 2 usage, 75 not finished or running elsewhere, 130 interrupted.`,
		}),
	async run(args, shell) {
		const { chosen, isNamed, own, parsed } = readArguments(args);
		const given = { flags: withPositionals(parsed, own), environment: shell.environment };
		await using db = await openDatabase(given);
		const outcome = await runIngestion({
			db,
			sources: chosen,
			given,
			isNamed,
			isDryRun: parsed.flags["dry-run"] === true,
			cancel: shell.interrupt,
			report: reporterFor(shell.terminal),
		});
		if (parsed.flags.json) shell.terminal.print(ingestionJson(outcome));
		else printIngestion(outcome, shell.terminal);
		return exitCodeOf(outcome, shell.interrupt.aborted);
	},
};

function titleOf(family: string, members: readonly DefinedSource[]): string {
	return members.length === 1 ? `Source ${family}` : `Sources ${members.map(({ name }) => name).join(", ")}`;
}

function settingsOnce(members: readonly DefinedSource[]): Setting[] {
	return [...new Map(members.flatMap(({ settings }) => settings).map((each) => [each.env, each])).values()];
}

interface Arguments {
	readonly chosen: readonly DefinedSource[];
	readonly isNamed: boolean;
	/** The settings that may be typed as flags of what was named. */
	readonly own: readonly Setting[];
	/** Its positionals are those after the names of the sources. */
	readonly parsed: Parsed;
}

function readArguments(args: readonly string[]): Arguments {
	const nameEnd = args.findIndex((arg) => arg !== "all" && sourcesNamed(arg).length === 0);
	const names = nameEnd === -1 ? args : args.slice(0, nameEnd);
	const rest = nameEnd === -1 ? [] : args.slice(nameEnd);
	if (names.length === 0) {
		throw new UsageError(rest[0] ? `There is no source "${rest[0]}".` : "Which source?", {
			fix: `Use: pnpm telemetry ingest all, or one of ${sourceFamilies.map(([name]) => name).join(", ")}.`,
		});
	}
	const isNamed = !names.includes("all");
	const chosen = isNamed ? [...new Set(names.flatMap(sourcesNamed))] : sources;
	// A flag could be meant for any of several sources; the members of one family share theirs.
	const own = isNamed && names.length === 1 ? settingsOnce(chosen) : [];
	const known = [...flags, ...settingsOf(generalSettings), ...settingsOf(ingestSettings), ...own];
	return { chosen, isNamed, own, parsed: parseFlags(rest, known) };
}

/** `github` means `github` and all `github:*`. */
function sourcesNamed(name: string): DefinedSource[] {
	return sources.filter((source) => source.name === name || source.name.startsWith(`${name}:`));
}

function withPositionals({ flags: typed, positionals }: Parsed, own: readonly Setting[]): Parsed["flags"] {
	if (positionals.length === 0) return typed;
	const place = own.find(({ positional }) => positional);
	if (!place) {
		throw new UsageError(`"${positionals[0]}" was not expected.`, { fix: "See pnpm telemetry ingest --help." });
	}
	const flagged = typed[place.flag];
	return { ...typed, [place.flag]: [...positionals, ...(Array.isArray(flagged) ? flagged : [])] };
}
