import { inputList } from "./input-list.ts";

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
