import { getInput } from "@actions/core";
import type { context } from "@actions/github";
import { type Given, generalSettings, readSettings } from "@tidemark/core";
import { UsageError } from "@tidemark/db";
import { inputList } from "./input-list.ts";

/** The settings from the inputs; the environment fills in what no input gives. */
export function readGiven(environment: Given["environment"]): Given {
	const filled = inputList.flatMap(({ name, setting }) => {
		const value = getInput(name);
		return value !== "" ? [[setting.env, value] as const] : [];
	});
	return { flags: {}, environment: { ...environment, ...Object.fromEntries(filled) } };
}

/** @throws UsageError without a database-url: the embedded database would end with the runner */
export function requireDatabase(given: Given): void {
	if (readSettings(generalSettings, given).databaseUrl !== undefined) return;
	throw new UsageError("The input database-url is empty.", {
		why: "What is collected is kept in a PostgreSQL database of yours.",
		fix: "Add a secret DATABASE_URL with postgresql://user:password@host:5432/database (Settings, Secrets and variables, Actions), and pass it on as database-url.",
	});
}

type Event = Pick<typeof context, "eventName" | "actor" | "payload">;

/**
 * Explains a missing database-url that is nobody's mistake: GitHub gives no secrets to a pull request of a fork or of
 * Dependabot. https://docs.github.com/en/actions/reference/security/secure-use
 *
 * @returns undefined if the database-url is there, or should be
 */
export function explainWithheld({ environment }: Given, { eventName, actor, payload }: Event): string | undefined {
	if (environment.DATABASE_URL?.trim()) return undefined;
	const nothing = "nothing was collected. The next run on a schedule collects what happened here too.";
	if (actor === "dependabot[bot]") return `GitHub gives runs of Dependabot no secrets, so ${nothing}`;
	// On `pull_request_target` a fork's pull request does have secrets.
	if (!eventName?.startsWith("pull_request") || eventName === "pull_request_target") return undefined;
	const head: unknown = payload.pull_request?.head?.repo?.full_name;
	const isOwn = head !== undefined && head === payload.repository?.full_name;
	return isOwn ? undefined : `GitHub gives pull requests of forks no secrets, so ${nothing}`;
}
