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
import { type Flags, jsonFlag, readLimit } from "../flags.ts";
import { createReporter } from "../terminal.ts";

const sourceFlag: Flags = { "source <name>": "Only those of this source." };

const list = defineCommand({
	name: "dead-letters list",
	about: "List the newest with place and reason, and count all of them by source.",
	flags: { ...sourceFlag, "limit <n>": "How many to list at most. Default: 20.", ...jsonFlag },
	async run({ terminal, given, show }) {
		const limit = readLimit(given.flags, "lines");
		await using db = await openDatabase(given, terminal.note);
		const letters = await listDeadLetters(db, { source: readSource(given), limit });
		const counts = await countDeadLetters(db);
		const none = counts.length === 0 ? ["No dead letters: everything that was read could be stored."] : [];
		show(letters, [
			...none,
			...letters.map(({ id, at, reason }) => `${id.slice(0, 8)}  ${cleanPath(at)}: ${cleanPath(reason)}`),
			...counts.map(({ source, count }) => `${source}: ${pluralize(count, "dead letter")}`),
		]);
		return exitCode.ok;
	},
});

const showOne = defineCommand({
	name: "dead-letters show",
	about: "Show one with what was read. The beginning of its id is enough.",
	flags: jsonFlag,
	positionals: { label: "<id>", max: 1 },
	async run({ terminal, given, positionals: [id], show }) {
		await using db = await openDatabase(given, terminal.note);
		const letter = id ? await findDeadLetter(db, id) : undefined;
		if (!letter) {
			throw new UsageError(id ? `There is no one dead letter whose id begins with "${id}".` : "Which dead letter?", {
				fix: "Take its id from `pnpm telemetry dead-letters list`.",
			});
		}
		show(letter, describeDeadLetter(letter));
		return exitCode.ok;
	},
});

const retry = defineCommand({
	name: "dead-letters retry",
	about: "Parse the kept entries again, as after an update of Tidemark, and store those that now fit.",
	flags: { ...sourceFlag, ...jsonFlag },
	async run({ given, terminal, show }) {
		const { retention } = readSettings(generalSettings, given);
		await using db = await openDatabase(given, terminal.note);
		const plan = await makePlan({ db, retention, report: createReporter(terminal) });
		const wanted = readSource(given);
		const total = { stored: 0, refused: 0 };
		for (const source of wanted ? chooseSources(sources, [wanted]) : sources) {
			const { stored, refused } = await source.retry(plan);
			total.stored += stored;
			total.refused += refused;
		}
		show(total, [
			`${pluralize(total.stored, "entry", "entries")} stored, ${pluralize(total.refused, "entry", "entries")} still refused.`,
		]);
		return exitCode.ok;
	},
});

const purge = defineCommand({
	name: "dead-letters purge",
	about: "Forget all of them, or those of a source.",
	flags: { ...sourceFlag, ...jsonFlag },
	async run({ terminal, given, show }) {
		await using db = await openDatabase(given, terminal.note);
		const purged = await purgeDeadLetters(db, readSource(given));
		show({ purged }, [`${pluralize(purged, "dead letter")} forgotten.`]);
		return exitCode.ok;
	},
});

/** `telemetry dead-letters [list|show|retry|purge]` */
export const command = groupCommands(
	"dead-letters",
	"An entry that cannot become a row is kept with its place and the reason. A corrected file only has to be ingested again. Without a name, `dead-letters` is `dead-letters list`.",
	[list, showOne, retry, purge],
);

function readSource({ flags: { source } }: Given): string | undefined {
	return typeof source === "string" ? source : undefined;
}

/** What was read comes from outside: on a line of its own it must neither steer the terminal nor the runner. */
function describeDeadLetter(letter: DeadLetter): string[] {
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
	];
}
