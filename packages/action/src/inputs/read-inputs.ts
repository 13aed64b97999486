import { getInput } from "@actions/core";
import { type DefinedSource, type Given, generalSettings, readSettings } from "@tidemark/core";
import { UsageError } from "@tidemark/db";
import { sources } from "@tidemark/sources";
import { inputList } from "./input-list.ts";

/** The settings as they stand in inputs, and beneath them in the environment. */
export function readGiven(environment: Given["environment"]): Given {
	const filled = inputList.flatMap(({ name, setting }) => {
		const value = getInput(name);
		return setting && value !== "" ? [[setting.env, value] as const] : [];
	});
	return { flags: {}, environment: { ...environment, ...Object.fromEntries(filled) } };
}

/** @throws UsageError where there is none: the embedded database would end with the runner */
export function requireDatabase(given: Given): void {
	if (readSettings(generalSettings, given).databaseUrl !== undefined) return;
	throw new UsageError("The input database-url is empty.", {
		why: "What is collected is kept in a PostgreSQL database of yours.",
		fix: "Add a secret DATABASE_URL with postgresql://user:password@host:5432/database (Settings, Secrets and variables, Actions), and pass it on as database-url.",
	});
}

export interface ChosenSources {
	readonly sources: readonly DefinedSource[];
	readonly isNamed: boolean;
}

/**
 * The sources that are named, in the order of the list of sources; all of them where none is. `github` means all
 * `github:*`.
 * @throws UsageError for one that does not exist
 */
export function readSources(): ChosenSources {
	const names = getInput("sources")
		.split(/[,\n]/)
		.map((name) => name.trim())
		.filter((name) => name !== "");
	if (names.length === 0) return { sources, isNamed: false };
	const isMeant = (name: string, source: string) => source === name || source.startsWith(`${name}:`);
	const unknown = names.find((name) => !sources.some((source) => isMeant(name, source.name)));
	if (unknown !== undefined) {
		throw new UsageError(`sources: there is no source "${unknown}".`, {
			fix: `Use some of ${sources.map(({ name }) => name).join(", ")}, or leave it out for every one that is configured.`,
		});
	}
	return { sources: sources.filter((source) => names.some((name) => isMeant(name, source.name))), isNamed: true };
}
