import { inputList } from "./input-list.ts";

/** Variables and flags, by the name of the input that takes their place. The longer come first: one may hold another. */
const words = inputList
	.flatMap(({ name, setting }) => {
		if (!setting) return [];
		const { env, flag } = setting;
		// A flag that several sources have says nothing of which is meant.
		const isOwn = inputList.filter((other) => other.setting?.flag === flag).length === 1;
		const forms = [
			`${env} or pass --${flag}`,
			`${env} (--${flag})`,
			`--${flag} (${env})`,
			...(env === "DATABASE_URL" ? [] : [env]),
		];
		// DATABASE_URL alone is what the secret is called.
		return [...forms, ...(isOwn ? [`--${flag}`] : [])].map((form) => ({ form, name }));
	})
	.sort((one, other) => other.form.length - one.form.length);

/** A text in which settings go by their variables and flags, as on the command line, in the words of a workflow. */
export function inWordsOfInputs(text: string): string {
	const withoutCommands = text.replace(/pnpm telemetry ingest [^()]*\(([A-Z_]+)\)/g, "$1");
	return words.reduce((said, { form, name }) => said.replaceAll(form, name), withoutCommands);
}
