import type { Setting } from "../packages/core/src/setting.ts";
import { markdownTable, readText, withMarked } from "./marked-text.ts";
import { settingGroups, wordsOf } from "./settings.ts";

/** `README.md` with its table of settings. */
export function readme(): string {
	return withMarked(readText("README.md"), "settings", settingsTable);
}

function settingsTable(): string {
	return settingGroups()
		.map(({ title, settings }) => {
			const table = markdownTable(["Variable", "Flag", "Default", "Meaning"], settings.map(cells));
			return `**${title}**\n\n${table}`;
		})
		.join("\n\n");
}

function cells(setting: Setting): string[] {
	const { env, flag, value, fallback } = setting;
	return [
		`\`${env}\``,
		`\`--${flag}${value ? ` ${value}` : ""}\``,
		fallback === undefined ? "" : `\`${fallback}\``,
		wordsOf(setting),
	];
}
