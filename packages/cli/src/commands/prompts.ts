import { openDatabase, parseSince } from "@tidemark/core";
import type { Database } from "@tidemark/db";
import { cleanText, cutEnd, measureWidth } from "@tidemark/text";
import { defineCommand, exitCode } from "../define-command.ts";
import { jsonFlag, readLimit, sinceFlag } from "../flags.ts";

/** `telemetry prompts` */
export const prompts = defineCommand({
	name: "prompts",
	summary: "List the prompts that a gateway logged.",
	about:
		"Lists the prompts that a gateway logged, with the last message of the user. Its text is stored only if PORTKEY_STORE_PROMPTS (--store-prompts of `ingest portkey`) asks for it.",
	flags: [
		sinceFlag,
		{ flag: "limit", value: "<n>", words: "How many to list at most, the newest first. Default: 20." },
		jsonFlag,
	],
	async run({ given, terminal, show }) {
		const since = parseSince(String(given.flags.since ?? "30d"), Date.now());
		const limit = readLimit(given.flags, "prompts");
		await using db = await openDatabase(given, terminal.note);
		const found = await readNewestPrompts(db, since, limit);
		const lines = found.map((prompt) => formatPrompt(prompt, terminal.width));
		show(found, [...lines, ...explainPrompts(found)]);
		return exitCode.ok;
	},
});

/** How to get prompts or their texts if they are missing. */
function explainPrompts(found: readonly Prompt[]): string[] {
	if (found.length === 0) return ["No prompts in this period. `pnpm telemetry ingest portkey` collects them."];
	if (found.some(({ original_text }) => original_text !== null)) return [];
	return ["Their texts are not stored: PORTKEY_STORE_PROMPTS=true stores them."];
}

interface Prompt {
	readonly prompt_id: string;
	readonly source: string;
	readonly created_at: string;
	readonly original_text: string | null;
	readonly metadata: { readonly ai_model?: string | null } | null;
}

function readNewestPrompts(db: Database, since: string, limit: number): Promise<Prompt[]> {
	return db.query<Prompt>(
		`SELECT prompt_id, source, created_at, original_text, metadata FROM prompt_instances
WHERE created_at >= $1::timestamptz ORDER BY created_at DESC, source, prompt_id LIMIT $2::int`,
		[since, limit],
	);
}

const modelWidth = 20;
const minTextWidth = 20;

function formatPrompt({ created_at, original_text, metadata }: Prompt, width: number): string {
	const model = cleanText(metadata?.ai_model ?? "-");
	const space = " ".repeat(Math.max(0, modelWidth - measureWidth(model)));
	const left = `${created_at.slice(0, 19).replace("T", " ")}  ${model}${space}  `;
	return left + cutEnd(cleanText(original_text ?? "-"), Math.max(minTextWidth, width - measureWidth(left)));
}
