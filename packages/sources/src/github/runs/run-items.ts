import type { Item } from "@tidemark/core";
import { z } from "zod";
import { momentOf } from "../moments.ts";
import type { Repository } from "../repositories.ts";
import { picked } from "../shapes.ts";
import { runFields } from "./entry.ts";

const identified = z.object({ id: z.union([z.number(), z.string()]) });

export function repositoryItem(repository: Repository, sweptAt: string | undefined): Item {
	return { at: repository.name, entry: { kind: "repository", repository, sweptAt: sweptAt ?? null } };
}

/** Named by their ids, not by where they stood: a run that cannot be stored is the same dead letter whenever it is listed. */
export function itemsOf(runs: readonly unknown[], repository: Repository): Item[] {
	return runs.map((run) => runItem(run, repository, `run ${identified.safeParse(run).data?.id ?? "without an id"}`));
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
	const goneAt = momentOf(now);
	return {
		at: `run ${githubRunId}, attempt ${runAttempt}`,
		entry: { kind: "gone", repository: { id, name }, githubRunId, runAttempt, runCreatedAt, goneAt },
	};
}
