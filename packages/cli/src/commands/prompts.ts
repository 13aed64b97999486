import { openDatabase, parseSince } from "@tidemark/core";
import { cleanText, cutEnd, measureWidth } from "@tidemark/text";
import { defineCommand, exitCode } from "../define-command.ts";
import { jsonFlag, readLimit, sinceFlag } from "../flags.ts";

/** `telemetry prompts` */
export const command = defineCommand({
	name: "prompts",
	about:
		"Lists the prompts that a gateway logged, with the last message of the user. Its text is stored only if PORTKEY_STORE_PROMPTS (--store-prompts of `ingest portkey`) asks for it.",
	flags: { ...sinceFlag, "limit <n>": "How many to list at most, the newest first. Default: 20.", ...jsonFlag },
	async run({ given, terminal, show }) {
		const since = parseSince(String(given.flags.since ?? "30d"), Date.now());
		const limit = readLimit(given.flags, "prompts");
		await using db = await openDatabase(given, terminal.note);
		const found = await db.query<Prompt>(
			`SELECT prompt_id, source, created_at, original_text, metadata FROM prompt_instances
WHERE created_at >= $1::timestamptz ORDER BY created_at DESC, source, prompt_id LIMIT $2::int`,
			[since, limit],
		);
		const lines = found.map((prompt) => formatPrompt(prompt, terminal.width));
		if (found.length === 0) {
			lines.push("No prompts in this period. `pnpm telemetry ingest portkey` collects them.");
		} else if (found.every(({ original_text }) => original_text === null)) {
			lines.push("Their texts are not stored: PORTKEY_STORE_PROMPTS=true stores them.");
		}
		show(found, lines);
		return exitCode.ok;
	},
});

interface Prompt {
	readonly prompt_id: string;
	readonly source: string;
	readonly created_at: string;
	readonly original_text: string | null;
	readonly metadata: { readonly ai_model?: string | null } | null;
}

const modelWidth = 20;
const minTextWidth = 20;

function formatPrompt({ created_at, original_text, metadata }: Prompt, width: number): string {
	const model = cleanText(metadata?.ai_model ?? "-");
	const space = " ".repeat(Math.max(0, modelWidth - measureWidth(model)));
	const left = `${created_at.slice(0, 19).replace("T", " ")}  ${model}${space}  `;
	return left + cutEnd(cleanText(original_text ?? "-"), Math.max(minTextWidth, width - measureWidth(left)));
}
