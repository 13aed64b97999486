import { chooseSources, type Given, generalSettings, makePlan, openDatabase, readSettings } from "@tidemark/core";
import {
	countDeadLetters,
	type DeadLetter,
	findDeadLetter,
	listDeadLetters,
	purgeDeadLetters,
	UsageError,
} from "@tidemark/db";
import { sources } from "@tidemark/sources";
import { cleanPath, disarmWorkflowCommands, formatJson, pluralize } from "@tidemark/text";
import { defineCommand, exitCode, groupCommands } from "../define-command.ts";
import { everywhere, type Flag, jsonFlag, readLimit } from "../flags.ts";
import { createReporter } from "../terminal.ts";

const sourceFlag: Flag = { flag: "source", value: "<name>", words: "Only those of this source." };

const list = defineCommand({
	name: "dead-letters list",
	summary: "List the newest, and count them by source.",
	about: "Lists the newest dead letters, each with its place and the reason, and counts them by source.",
	flags: [sourceFlag, { flag: "limit", value: "<n>", words: "How many to list at most. Default: 20." }, jsonFlag],
	settings: [everywhere],
	async run({ given, terminal }) {
		const limit = readLimit(given.flags, "lines");
		await using db = await openDatabase(given);
		const letters = await listDeadLetters(db, { source: readSource(given), limit });
		if (given.flags.json) {
			terminal.print(formatJson(letters));
			return exitCode.ok;
		}
		const counts = await countDeadLetters(db);
		if (counts.length === 0) terminal.print("No dead letters: everything that was read could be stored.");
		for (const { id, at, reason } of letters) {
			terminal.print(`${id.slice(0, 8)}  ${cleanPath(at)}: ${cleanPath(reason)}`);
		}
		for (const { source, count } of counts) terminal.print(`${source}: ${pluralize(count, "dead letter")}`);
		return exitCode.ok;
	},
});

const show = defineCommand({
	name: "dead-letters show",
	summary: "Show one with what was read.",
	about: "Shows a dead letter with what was read. The beginning of its id is enough.",
	flags: [jsonFlag],
	settings: [everywhere],
	positionals: { label: "<id>", max: 1 },
	async run({ given, positionals: [id], terminal }) {
		await using db = await openDatabase(given);
		const letter = id ? await findDeadLetter(db, id) : undefined;
		if (!letter) {
			throw new UsageError(id ? `There is no one dead letter whose id begins with "${id}".` : "Which dead letter?", {
				fix: "Take its id from `pnpm telemetry dead-letters list`.",
			});
		}
		terminal.print(given.flags.json ? formatJson(letter) : describeDeadLetter(letter));
		return exitCode.ok;
	},
});

const retry = defineCommand({
	name: "dead-letters retry",
	summary: "Parse the kept entries again, and store those that now fit.",
	about:
		"Parses the kept entries again, as after an update of Tidemark, and stores those that now fit. A corrected file only has to be ingested again.",
	flags: [sourceFlag, jsonFlag],
	settings: [everywhere],
	async run({ given, terminal }) {
		const { retention } = readSettings(generalSettings, given);
		await using db = await openDatabase(given);
		const plan = await makePlan({ db, retention, report: createReporter(terminal) });
		const wanted = readSource(given);
		const total = { stored: 0, refused: 0 };
		for (const source of wanted ? chooseSources(sources, [wanted]) : sources) {
			const { stored, refused } = await source.retry(plan);
			total.stored += stored;
			total.refused += refused;
		}
		const [stored, refused] = [total.stored, total.refused].map((count) => pluralize(count, "entry", "entries"));
		terminal.print(given.flags.json ? formatJson(total) : `${stored} stored, ${refused} still refused.`);
		return exitCode.ok;
	},
});

const purge = defineCommand({
	name: "dead-letters purge",
	summary: "Forget them.",
	about: "Forgets dead letters: all of them, or those of a source.",
	flags: [sourceFlag, jsonFlag],
	settings: [everywhere],
	async run({ given, terminal }) {
		await using db = await openDatabase(given);
		const purged = await purgeDeadLetters(db, readSource(given));
		terminal.print(given.flags.json ? formatJson({ purged }) : `${pluralize(purged, "dead letter")} forgotten.`);
		return exitCode.ok;
	},
});

/** `telemetry dead-letters [list|show|retry|purge]` */
export const deadLetters = groupCommands(
	{
		name: "dead-letters",
		summary: "Look at entries that could not be stored, and try them again.",
		about:
			"An entry that cannot become a row is kept with its place and the reason. Without a name, `dead-letters` is `dead-letters list`.",
	},
	[list, show, retry, purge],
);

function readSource({ flags: { source } }: Given): string | undefined {
	return typeof source === "string" ? source : undefined;
}

/** What was read comes from outside: on a line of its own it must neither steer the terminal nor the runner. */
function describeDeadLetter(letter: DeadLetter): string {
	const { id, source, target, at, reason, entry, text, retryable, createdAt } = letter;
	return [
		`id      ${id}`,
		`source  ${source}  ${cleanPath(target)}`,
		`at      ${cleanPath(at)}`,
		`since   ${createdAt}`,
		`reason  ${cleanPath(reason)}`,
		retryable
			? "retry   pnpm telemetry dead-letters retry"
			: "retry   no: correct it where it came from and ingest again",
		"",
		text === null ? formatJson(entry) : disarmWorkflowCommands(cleanPath(text)),
	].join("\n");
}
