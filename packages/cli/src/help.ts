import type { Setting } from "@tidemark/core";
import { flowParts } from "@tidemark/text";
import type { Flag, SettingGroup } from "./flags.ts";

interface HelpPage {
	/** How it is called, a line each, without `pnpm telemetry`. */
	readonly usage: readonly string[];
	readonly about: string;
	readonly commands?: readonly { readonly name: string; readonly summary: string }[];
	readonly flags?: readonly Flag[];
	readonly settings?: readonly SettingGroup[];
	readonly after?: string | undefined;
}

const width = 92;

/** A help page: how a command is called, what it does, what it takes. */
export function formatHelp({ usage, about, commands = [], flags = [], settings = [], after }: HelpPage): string {
	const groups = [
		{ title: "Commands", rows: commands.map(({ name, summary }) => ({ name, words: summary })) },
		{ title: "Flags", rows: [...flags, { flag: "help", words: "Show this page." }].map(describeFlag) },
		...settings.map((group) => ({ title: group.title, rows: group.settings.map(describeFlag) })),
	];
	return [
		`Usage: ${usage.map((line) => `pnpm telemetry ${line}`).join("\n       ")}`,
		wrap(about, 0),
		...groups
			.filter(({ rows }) => rows.length > 0)
			.map(({ title, rows }) =>
				[`${title}:`, ...rows.map(({ name, words }) => `  ${name}\n      ${wrap(words, 6)}`)].join("\n"),
			),
		...(after ? [after] : []),
	].join("\n\n");
}

function describeFlag(row: Flag | Setting): { name: string; words: string } {
	const name = `--${row.flag}${row.value ? ` ${row.value}` : ""}`;
	const fallback = "fallback" in row && row.fallback ? ` Default: ${row.fallback}.` : "";
	return { name: "env" in row ? `${name}  (${row.env})` : name, words: `${row.words}${fallback}` };
}

function wrap(text: string, indent: number): string {
	return flowParts(text.split(" "), width - indent, " ").join(`\n${" ".repeat(indent)}`);
}
