import type { Setting } from "@tidemark/core";
import type { Flag } from "./flags.ts";

interface HelpPage {
	readonly usage: readonly string[];
	readonly words: string;
	readonly flags: readonly Flag[];
	readonly settings?: readonly { readonly title: string; readonly settings: readonly Setting[] }[];
	readonly after?: string;
}

const width = 92;

/** A help page: how to call it, what it does, what it takes. */
export function helpPage({ usage, words, flags, settings = [], after }: HelpPage): string {
	const sections = [
		`Usage: ${usage.map((line) => `pnpm telemetry ${line}`).join("\n       ")}`,
		wrap(words, 0),
		table("Flags", [...flags, { flag: "help", words: "Show this." }]),
		...settings.map(({ title, settings: listed }) => table(title, listed)),
		...(after ? [after] : []),
	];
	return sections.join("\n\n");
}

function table(title: string, rows: readonly (Flag | Setting)[]): string {
	const lines = rows.map((row) => {
		const name = `--${row.flag}${row.value ? ` ${row.value}` : ""}`;
		const left = "env" in row ? `${name}  (${row.env})` : name;
		return `  ${left}\n      ${wrap(explained(row), 6)}`;
	});
	return [`${title}:`, ...lines].join("\n");
}

function explained(row: Flag | Setting): string {
	const fallback = "fallback" in row && row.fallback ? ` Default: ${row.fallback}.` : "";
	return `${row.words}${fallback}`;
}

function wrap(text: string, indent: number): string {
	const lines = [""];
	for (const word of text.split(" ")) {
		const line = lines.at(-1) ?? "";
		if (line && line.length + word.length + 1 > width - indent) lines.push(word);
		else lines[lines.length - 1] = line ? `${line} ${word}` : word;
	}
	return lines.join(`\n${" ".repeat(indent)}`);
}
