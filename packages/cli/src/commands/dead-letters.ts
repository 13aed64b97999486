import { generalSettings, makePlan, openDatabase, readSettings, settingsOf } from "@tidemark/core";
import {
	countDeadLetters,
	type Database,
	type DeadLetter,
	findDeadLetter,
	listDeadLetters,
	purgeDeadLetters,
	UsageError,
} from "@tidemark/db";
import { sources } from "@tidemark/sources";
import { type Command, exitCode, type Shell } from "../command.ts";
import { type Flag, jsonFlag, type Parsed, parseFlags } from "../flags.ts";
import { plural } from "../format.ts";
import { helpPage } from "../help.ts";
import { reporterFor } from "../reporter.ts";

const flags: readonly Flag[] = [
	{ flag: "source", value: "<name>", words: "Only those of this source." },
	{ flag: "limit", value: "<n>", words: "List at most so many. Default: 20." },
	jsonFlag,
];

const verbs: Readonly<Record<string, (db: Database, parsed: Parsed, shell: Shell) => Promise<number>>> = {
	list,
	show,
	retry,
	purge,
};

/** `telemetry dead-letters [list|show|retry|purge]` */
export const deadLetters: Command = {
	help: () =>
		helpPage({
			usage: ["dead-letters [list]", "dead-letters show <id>", "dead-letters retry", "dead-letters purge"],
			words:
				"An entry that cannot become a row is kept with its place and the reason. `retry` parses the kept entries again, as after an update; a corrected file only has to be ingested again. `purge` forgets them.",
			flags,
			settings: [{ title: "Everywhere", settings: settingsOf(generalSettings) }],
		}),
	async run(args, shell) {
		const parsed = parseFlags(args, [...flags, ...settingsOf(generalSettings)]);
		const [name = "list"] = parsed.positionals;
		const verb = verbs[name];
		if (!verb) {
			throw new UsageError(`There is no "dead-letters ${name}".`, { fix: "Use list, show, retry or purge." });
		}
		await using db = await openDatabase({ flags: parsed.flags, environment: shell.environment });
		return await verb(db, parsed, shell);
	},
};

async function list(db: Database, { flags: typed }: Parsed, { terminal }: Shell): Promise<number> {
	const limit = Number(typed.limit ?? 20);
	if (!Number.isInteger(limit) || limit < 1) {
		throw new UsageError(`--limit ${String(typed.limit)} is not a number of lines.`, {
			fix: "Use for example --limit 50.",
		});
	}
	const letters = await listDeadLetters(db, { source: sourceIn(typed), limit });
	if (typed.json) {
		terminal.print(JSON.stringify(letters, null, 2));
		return exitCode.ok;
	}
	const counts = await countDeadLetters(db);
	if (counts.length === 0) terminal.print("No dead letters: everything that was read could be stored.");
	for (const { id, at, reason } of letters) terminal.print(`${id.slice(0, 8)}  ${printable(at)}: ${printable(reason)}`);
	for (const { source, count } of counts) terminal.print(`${source}: ${plural(count, "dead letter")}`);
	return exitCode.ok;
}

async function show(db: Database, { positionals, flags: typed }: Parsed, { terminal }: Shell): Promise<number> {
	const [, id = ""] = positionals;
	const letter = id ? await findDeadLetter(db, id) : undefined;
	if (!letter) {
		throw new UsageError(id ? `There is no one dead letter whose id begins with "${id}".` : "Which dead letter?", {
			fix: "Take its id from `pnpm telemetry dead-letters list`.",
		});
	}
	terminal.print(typed.json ? JSON.stringify(letter, null, 2) : described(letter));
	return exitCode.ok;
}

async function retry(db: Database, { flags: typed }: Parsed, { environment, terminal }: Shell): Promise<number> {
	const { retention } = readSettings(generalSettings, { flags: typed, environment });
	const plan = await makePlan({ db, retention, report: reporterFor(terminal) });
	const wanted = sourceIn(typed);
	const total = { stored: 0, refused: 0 };
	for (const source of sources.filter(({ name }) => !wanted || name === wanted || name.startsWith(`${wanted}:`))) {
		const { stored, refused } = await source.retry(plan);
		total.stored += stored;
		total.refused += refused;
	}
	if (typed.json) terminal.print(JSON.stringify(total, null, 2));
	else
		terminal.print(
			`${plural(total.stored, "entry", "entries")} stored, ${plural(total.refused, "entry", "entries")} still refused.`,
		);
	return exitCode.ok;
}

async function purge(db: Database, { flags: typed }: Parsed, { terminal }: Shell): Promise<number> {
	const purged = await purgeDeadLetters(db, sourceIn(typed));
	terminal.print(typed.json ? JSON.stringify({ purged }) : `${plural(purged, "dead letter")} forgotten.`);
	return exitCode.ok;
}

function sourceIn(typed: Parsed["flags"]): string | undefined {
	return typeof typed.source === "string" ? typed.source : undefined;
}

function described({ id, source, target, at, reason, entry, text, retryable, createdAt }: DeadLetter): string {
	return [
		`id      ${id}`,
		`source  ${source}  ${printable(target)}`,
		`at      ${printable(at)}`,
		`since   ${createdAt}`,
		`reason  ${printable(reason)}`,
		retryable
			? "retry   pnpm telemetry dead-letters retry"
			: "retry   no: correct it where it came from and ingest again",
		"",
		text === null ? JSON.stringify(entry, null, 2) : printable(text),
	].join("\n");
}

/** What came from outside must not steer the terminal. */
function printable(text: string): string {
	return text.replace(/[\p{Cc}\p{Cf}]/gu, "\ufffd");
}
