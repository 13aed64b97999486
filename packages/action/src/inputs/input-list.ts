import { generalSettings, ingestSettings, listSettings, type Setting } from "@tidemark/core";
import { sources } from "@tidemark/sources";
import { stepSettings } from "./step-settings.ts";

/** What a workflow may write under `with:`. */
export interface Input {
	readonly name: string;
	readonly words: string;
	/** The runner's default; may be an expression. */
	readonly fallback?: string | undefined;
	readonly isRequired?: boolean;
	/** The setting it gives a value to. */
	readonly setting: Setting;
}

/** How some inputs differ from their settings. */
const differences: Readonly<Record<string, Partial<Omit<Input, "setting">>>> = {
	DATABASE_URL: {
		isRequired: true,
		words:
			"PostgreSQL 15 or newer, postgresql://user:password@host:5432/database, from a secret. TLS is used where the server has it; ?sslmode=verify-full insists on it.",
	},
	GITHUB_REPOSITORY: {
		name: "repositories",
		words:
			'Repositories: acme/app, or "acme/*" for all of an owner that are not archived. Others than the workflow\'s own need a token that may read them.',
		fallback: `\${{ github.repository }}`,
	},
	GITHUB_TOKEN: {
		words: "A token that may read Actions, contents and pull requests.",
		fallback: `\${{ github.token }}`,
	},
	GITHUB_API_URL: { words: "The API of the GitHub that is asked.", fallback: `\${{ github.api_url }}` },
	GITHUB_MAX_REQUESTS: { name: "max-requests" },
};

/** The embedded database is not in the bundle, and one token is enough. */
const leftOut = new Set(["TELEMETRY_DB_DIR", "GITHUB_PERSONAL_TOKEN"]);

/** Every setting that the environment may hold, also those that are no inputs. */
export const allSettings: readonly Setting[] = [
	...[generalSettings, ingestSettings, stepSettings].flatMap(listSettings),
	...sources.flatMap(({ settings }) => settings),
];

/** Every input, in the order of action.yml. A new setting of `core` or of a source becomes an input by itself. */
export const inputList: readonly Input[] = allSettings
	.filter(({ env }) => !leftOut.has(env))
	.map(settingToInput)
	// The sources of one family share their settings.
	.filter(({ name }, index, all) => all.findIndex((other) => other.name === name) === index);

/** `TELEMETRY_CSV_PATH` is `csv-path`, `PORTKEY_API_KEY` is `portkey-api-key`. */
function settingToInput(setting: Setting): Input {
	const { env, words, many, fallback } = setting;
	const name = env
		.replace(/^TELEMETRY_/, "")
		.toLowerCase()
		.replaceAll("_", "-");
	const input = { name, words, fallback, setting, ...differences[env] };
	return many
		? { ...input, words: `${input.words} Several: on lines of their own, or with commas between them.` }
		: input;
}

/** What the command line calls a setting, and the input that takes its place. The longest first: one may hold another. */
const names = inputList
	.flatMap(({ name, setting: { env, flag } }) => {
		// Several sources may share a flag, which then names no single input.
		const isUnique = inputList.filter(({ setting }) => setting.flag === flag).length === 1;
		const forms = [`${env} or pass --${flag}`, `${env} (--${flag})`, `--${flag} (${env})`];
		// The secret itself is called DATABASE_URL.
		if (env !== "DATABASE_URL") forms.push(env);
		if (isUnique) forms.push(`--${flag}`);
		return forms.map((form) => ({ form, name }));
	})
	.sort((one, other) => other.form.length - one.form.length);

/** Rewrites a message for a workflow: variables and flags of the command line become names of inputs. */
export function settingsToInputs(text: string): string {
	const withoutCommands = text.replace(/pnpm telemetry ingest [^()]*\(([A-Z_]+)\)/g, "$1");
	return names.reduce((said, { form, name }) => said.replaceAll(form, name), withoutCommands);
}
