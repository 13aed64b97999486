import { type Item, parseInstant } from "@tidemark/core";
import type { Repository } from "../repositories.ts";
import { picked } from "../shapes.ts";
import { runFields } from "./entry.ts";

export function repositoryItem(repository: Repository, sweptAt: string | undefined): Item {
	return { at: repository.name, entry: { kind: "repository", repository, sweptAt: sweptAt ?? null } };
}

export function itemsOf(runs: readonly unknown[], repository: Repository, at: string): Item[] {
	return runs.map((run, index) => runItem(run, repository, `${at}, run ${index + 1}`));
}

export function runItem(run: unknown, { id, name }: Repository, at: string): Item {
	return { at, entry: { kind: "run", repository: { id, name }, run: picked(run, runFields) } };
}

/** An attempt that GitHub has deleted. */
export function goneItem(
	attempt: { readonly githubRunId: number; readonly runAttempt: number; readonly runCreatedAt: string },
	{ id, name }: Repository,
	now: number,
): Item {
	const { githubRunId, runAttempt, runCreatedAt } = attempt;
	const goneAt = parseInstant(new Date(now).toISOString());
	return {
		at: `run ${githubRunId}, attempt ${runAttempt}`,
		entry: { kind: "gone", repository: { id, name }, githubRunId, runAttempt, runCreatedAt, goneAt },
	};
}
