import type { Setting } from "@tidemark/core";
import { flowParts } from "@tidemark/text";
import type { Flags, SettingGroup } from "./flags.ts";

interface HelpPage {
	/** How it is called, a line each, without `pnpm telemetry`. */
	readonly usage: readonly string[];
	readonly about: string;
	readonly commands?: readonly { readonly name: string; readonly about: string }[];
	readonly flags?: Flags;
	readonly settings?: readonly SettingGroup[];
	readonly after?: string | undefined;
}

const width = 92;

/** A help page: how a command is called, what it does, what it takes. */
export function formatHelp({ usage, about, commands = [], flags = {}, settings = [], after }: HelpPage): string {
	const groups = [
		{ title: "Commands", rows: commands.map(({ name, about: words }) => ({ name, words })) },
		{
			title: "Flags",
			rows: Object.entries({ ...flags, help: "Show this page." }).map(([name, words]) => ({
				name: `--${name}`,
				words,
			})),
		},
		...settings.map((group) => ({ title: group.title, rows: group.settings.map(describeSetting) })),
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

function describeSetting({ flag, value, env, words, fallback }: Setting): { name: string; words: string } {
	const name = `--${flag}${value ? ` ${value}` : ""}  (${env})`;
	return { name, words: `${words}${fallback ? ` Default: ${fallback}.` : ""}` };
}

function wrap(text: string, indent: number): string {
	return flowParts(text.split(" "), width - indent, " ").join(`\n${" ".repeat(indent)}`);
}
