import { generalSettings, openDatabase, parseSince, settingsOf } from "@tidemark/core";
import { type Database, UsageError } from "@tidemark/db";
import { type Command, exitCode } from "../command.ts";
import { type Flag, jsonFlag, parseFlags } from "../flags.ts";
import { helpPage } from "../help.ts";

const flags: readonly Flag[] = [
	{ flag: "since", value: "<time>", words: "From when on: 30d, 12h, 2026-02-01 or a timestamp. Default: 30d." },
	{ flag: "limit", value: "<n>", words: "List at most so many, the newest first. Default: 20." },
	jsonFlag,
];

/** `telemetry prompts` */
export const prompts: Command = {
	help: () =>
		helpPage({
			usage: ["prompts [--since 30d] [--limit 20] [--json]"],
			words:
				"Lists the prompts that a gateway logged, with the last message of the user. Its text is stored only where PORTKEY_STORE_PROMPTS (--store-prompts of `ingest portkey`) asks for it.",
			flags,
			settings: [{ title: "Everywhere", settings: settingsOf(generalSettings) }],
		}),
	async run(args, { environment, terminal }) {
		const { flags: typed } = parseFlags(args, [...flags, ...settingsOf(generalSettings)]);
		const since = parseSince(String(typed.since ?? "30d"), Date.now());
		const limit = Number(typed.limit ?? 20);
		if (!Number.isInteger(limit) || limit < 1) {
			throw new UsageError(`--limit ${String(typed.limit)} is not a number of prompts.`, {
				fix: "Use for example --limit 50.",
			});
		}
		await using db = await openDatabase({ flags: typed, environment });
		const found = await newestPrompts(db, since, limit);
		if (typed.json) {
			terminal.print(JSON.stringify(found, null, 2));
			return exitCode.ok;
		}
		for (const prompt of found) terminal.print(lineOf(prompt, terminal.width));
		if (found.length === 0) {
			terminal.print("No prompts in this period. `pnpm telemetry ingest portkey` collects them.");
		} else if (found.every(({ original_text }) => original_text === null)) {
			terminal.print("Their texts are not stored: PORTKEY_STORE_PROMPTS=true stores them.");
		}
		return exitCode.ok;
	},
};

interface Prompt {
	readonly prompt_id: string;
	readonly source: string;
	readonly created_at: string;
	readonly original_text: string | null;
	readonly metadata: { readonly ai_model?: string | null } | null;
}

function newestPrompts(db: Database, since: string, limit: number): Promise<Prompt[]> {
	return db.query<Prompt>(
		`SELECT prompt_id, source, created_at, original_text, metadata FROM prompt_instances
WHERE created_at >= $1::timestamptz ORDER BY created_at DESC, source, prompt_id LIMIT $2::int`,
		[since, limit],
	);
}

function lineOf({ created_at, original_text, metadata }: Prompt, width: number): string {
	const left = `${created_at.slice(0, 19).replace("T", " ")}  ${printable(metadata?.ai_model ?? "-").padEnd(20)}  `;
	return left + cut(printable(original_text ?? "-"), Math.max(20, width - left.length));
}

/** On one line, and nothing in it that could steer the terminal: it came from outside. */
function printable(text: string): string {
	return text
		.replace(/\s+/g, " ")
		.trim()
		.replace(/[\p{Cc}\p{Cf}]/gu, "\ufffd");
}

function cut(text: string, length: number): string {
	const characters = [...text.slice(0, length * 2)];
	return characters.length > length ? `${characters.slice(0, length - 1).join("")}…` : text;
}
