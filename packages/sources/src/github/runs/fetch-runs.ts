import type { Context, Item, Page } from "@tidemark/core";
import type { StoredAttempt } from "@tidemark/db";
import { z } from "zod";
import { isGone } from "../api/failures.ts";
import { batchItems } from "../batch-items.ts";
import type { Turn } from "../session.ts";
import type { RunsCursor } from "./list-runs.ts";
import { makeGoneItem, makeRunItem } from "./run-items.ts";

type Work = Pick<Context<unknown>, "signal" | "workList">;

const pageSize = 50;
const attemptOf = z.object({ run_attempt: z.number().nullish() });

/**
 * The attempts that were not finished when they were last looked at, by id, unless the list has just brought them.
 * @param listed the newest attempt of each run that was listed
 */
export function fetchUnfinished(
	turn: Turn,
	{ signal, workList }: Work,
	listed: ReadonlyMap<number, number>,
): AsyncIterable<Page<RunsCursor>> {
	async function* items(): AsyncIterable<Item> {
		for await (const attempt of workList("unfinishedRuns", turn.repository.id)) {
			const newest = listed.get(attempt.githubRunId);
			if (newest === attempt.runAttempt) continue;
			const item = newest === undefined ? await fetchItem(turn, attempt, "", signal) : undefined;
			if (item) yield item.item;
			// It was re-run in the meantime: only the attempt itself says how it ended.
			if ((newest ?? item?.attempt ?? attempt.runAttempt) !== attempt.runAttempt)
				yield await fetchAttempt(turn, attempt, signal);
		}
	}
	return batchItems(items(), pageSize);
}

/** The attempts before the newest one of each run that was re-run, as far as they are not stored. */
export function fetchMissingAttempts(turn: Turn, { signal, workList }: Work): AsyncIterable<Page<RunsCursor>> {
	async function* items(): AsyncIterable<Item> {
		for await (const attempt of workList("missingAttempts", turn.repository.id)) {
			yield await fetchAttempt(turn, attempt, signal);
		}
	}
	return batchItems(items(), pageSize);
}

async function fetchAttempt(turn: Turn, attempt: StoredAttempt, signal: AbortSignal): Promise<Item> {
	return (await fetchItem(turn, attempt, `/attempts/${attempt.runAttempt}`, signal)).item;
}

/** What GitHub answers for a run, or that it has deleted it. */
async function fetchItem({ client, repository }: Turn, attempt: StoredAttempt, path: string, signal: AbortSignal) {
	const { githubRunId, runAttempt } = attempt;
	const at = `run ${githubRunId}${path}`;
	try {
		const { data } = await client.get(`/repos/${repository.name}/actions/runs/${githubRunId}${path}`, {}, { signal });
		return { item: makeRunItem(data, repository, at), attempt: attemptOf.safeParse(data).data?.run_attempt ?? 1 };
	} catch (error) {
		if (!isGone(error)) throw error;
		return { item: makeGoneItem(attempt, repository, client.now()), attempt: runAttempt };
	}
}
