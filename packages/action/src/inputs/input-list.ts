import { generalSettings, ingestSettings, type Setting, settingsOf } from "@tidemark/core";
import { sources } from "@tidemark/sources";

/** What a workflow may write under `with:`. */
export interface Input {
	readonly name: string;
	readonly words: string;
	/** The runner's default; may be an expression. */
	readonly fallback?: string | undefined;
	readonly isRequired?: boolean;
	/** The setting it gives a value to; the Action's own inputs have none. */
	readonly setting?: Setting;
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
		fallback: githubExpression("repository"),
	},
	GITHUB_TOKEN: {
		words: "A token that may read Actions, contents and pull requests.",
		fallback: githubExpression("token"),
	},
	GITHUB_API_URL: { words: "The API of the GitHub that is asked.", fallback: githubExpression("api_url") },
	GITHUB_MAX_REQUESTS: { name: "max-requests" },
};

/** The embedded database is not in the bundle, and one token is enough. */
const leftOut = new Set(["TELEMETRY_DB_DIR", "GITHUB_PERSONAL_TOKEN"]);

const sourcesInput: Input = {
	name: "sources",
	words:
		"Which sources to ingest, by name: github, csv and so on. By default every one that is configured; one that is named and not configured is an error.",
};

const resultInputs: readonly Input[] = [
	{ name: "summary", words: "Write the job summary: true or false.", fallback: "true" },
	{
		name: "fail-on",
		words:
			"When the step fails: error (something could not be ingested), partial (that, or something is left for the next run) or never.",
		fallback: "error",
	},
];

const ownSettings = [generalSettings, ingestSettings].flatMap(settingsOf);
const sourceSettings = sources.flatMap(({ settings }) => settings);

/** Every setting that the environment may hold, also those that are no inputs. */
export const allSettings: readonly Setting[] = [...ownSettings, ...sourceSettings];

/** Every input, in the order of action.yml. A new setting of `core` or of a source becomes an input by itself. */
export const inputList: readonly Input[] = [
	...ownSettings.map(settingToInput),
	sourcesInput,
	...sourceSettings.map(settingToInput),
	...resultInputs,
]
	.filter(({ setting }) => !leftOut.has(setting?.env ?? ""))
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

function githubExpression(name: string): string {
	return `\${{ github.${name} }}`;
}
