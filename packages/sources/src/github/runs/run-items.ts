import { formatInstant, type Item } from "@tidemark/core";
import { z } from "zod";
import type { Repository } from "../repositories.ts";
import { pickFields } from "../shapes.ts";
import { answeredRun } from "./entry.ts";

const identified = z.object({ id: z.union([z.number(), z.string()]) });

export function makeRepositoryItem(repository: Repository, sweptAt: string | undefined): Item {
	return { at: repository.name, entry: { kind: "repository", repository, sweptAt: sweptAt ?? null } };
}

/** Items bear the run's id, not its place: a run that cannot be stored is the same dead letter whenever it is listed. */
export function makeRunItems(runs: readonly unknown[], repository: Repository): Item[] {
	return runs.map((run) =>
		makeRunItem(run, repository, `run ${identified.safeParse(run).data?.id ?? "without an id"}`),
	);
}

export function makeRunItem(run: unknown, { id, name }: Repository, at: string): Item {
	return { at, entry: { kind: "run", repository: { id, name }, run: pickFields(run, answeredRun) } };
}

/** An attempt that GitHub has deleted. */
export function makeGoneItem(
	attempt: { readonly githubRunId: number; readonly runAttempt: number; readonly runCreatedAt: string },
	{ id, name }: Repository,
	now: number,
): Item {
	const { githubRunId, runAttempt, runCreatedAt } = attempt;
	const goneAt = formatInstant(now);
	return {
		at: `run ${githubRunId}, attempt ${runAttempt}`,
		entry: { kind: "gone", repository: { id, name }, githubRunId, runAttempt, runCreatedAt, goneAt },
	};
}
