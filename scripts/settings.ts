import { generalSettings } from "../packages/core/src/general-settings.ts";
import { ingestSettings } from "../packages/core/src/ingest-settings.ts";
import { type Setting, settingsOf } from "../packages/core/src/setting.ts";
import { sources } from "../packages/sources/src/index.ts";

export interface SettingGroup {
	readonly title: string;
	readonly settings: readonly Setting[];
}

/** Every setting once, by its variable: the general ones, then each source's; `github:runs` and `github:jobs` are one group. */
export function settingGroups(): SettingGroup[] {
	const general = { title: "Everywhere", settings: settingsOf(generalSettings) };
	const ingestion = { title: "Every ingestion", settings: settingsOf(ingestSettings) };
	const groups = Map.groupBy(sources, ({ name }) => name.split(":", 1)[0]);
	const bySource = [...groups].map(([name, members]) => ({
		title: `Source ${name}`,
		settings: members.flatMap(({ settings }) => settings),
	}));
	const seen = new Set<string>();
	const isNew = ({ env }: Setting) => !seen.has(env) && seen.add(env);
	return [general, ingestion, ...bySource].map(({ title, settings }) => ({ title, settings: settings.filter(isNew) }));
}

/** What a setting is for, with how to give several values in one variable. */
export function wordsOf({ words, many }: Setting): string {
	return many ? `${words} Several: with commas between them.` : words;
}
