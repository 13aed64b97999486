import type { context } from "@actions/github";
import type { Given } from "@tidemark/core";

type Event = Pick<typeof context, "eventName" | "actor" | "payload">;

/**
 * Where GitHub itself gives a run no secrets, which is nobody's mistake: a pull request of a fork, or of Dependabot.
 * https://docs.github.com/en/actions/reference/security/secure-use
 *
 * @returns the reason in words; undefined where the database's address is there, or where it should be
 */
export function whyWithheld({ environment }: Given, { eventName, actor, payload }: Event): string | undefined {
	if (environment.DATABASE_URL?.trim()) return undefined;
	const nothing = "nothing was collected. The next run on a schedule collects what happened here too.";
	if (actor === "dependabot[bot]") return `GitHub gives runs of Dependabot no secrets, so ${nothing}`;
	// On `pull_request_target` a fork's pull request does have secrets.
	if (!eventName?.startsWith("pull_request") || eventName === "pull_request_target") return undefined;
	const head: unknown = payload.pull_request?.head?.repo?.full_name;
	const isOwn = head !== undefined && head === payload.repository?.full_name;
	return isOwn ? undefined : `GitHub gives pull requests of forks no secrets, so ${nothing}`;
}
