import { type Context, formatInstant, type Item, type Page } from "@tidemark/core";
import type { StoredAttempt } from "@tidemark/db";
import { isGone } from "../api/failures.ts";
import { batchItems } from "../batch-items.ts";
import type { Repository } from "../repositories.ts";
import type { Turn } from "../session.ts";
import { pickFields, readField } from "../shapes.ts";
import { runFields } from "./entry.ts";
import type { RunsCursor } from "./list-runs.ts";

type Work = Pick<Context<unknown>, "signal" | "workList">;

const pageSize = 50;

/**
 * An item bears the run's id, not its place: a run that cannot be stored is the same dead letter whenever it is listed.
 * @param path of one attempt below its run
 */
export function makeRunItem(run: unknown, { id, name }: Repository, path = ""): Item {
	const at = `run ${readField(run, "id") ?? "without an id"}${path}`;
	return { at, entry: { kind: "run", repository: { id, name }, run: pickFields(run, runFields) } };
}

/**
 * The attempts that were not finished when they were last looked at, by id, unless the list has just brought them.
 * @param listed the newest attempt of each run that was listed
 */
export function fetchUnfinished(
	turn: Turn,
	{ signal, workList }: Work,
	listed: ReadonlyMap<unknown, unknown>,
): AsyncIterable<Page<RunsCursor>> {
	async function* items(): AsyncIterable<Item> {
		for await (const attempt of workList("unfinishedRuns", turn.repository.id)) {
			let newest = listed.get(attempt.githubRunId);
			if (newest === undefined) {
				const found = await fetchItem(turn, attempt, "", signal);
				yield found.item;
				newest = found.runAttempt;
			} else if (newest === attempt.runAttempt) continue;
			// It was re-run in the meantime: only the attempt itself says how it ended.
			if (newest !== attempt.runAttempt) yield await fetchAttempt(turn, attempt, signal);
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

/** What GitHub answers for a run, or that it has deleted it; and which attempt that is. */
async function fetchItem(
	{ client, repository }: Turn,
	attempt: StoredAttempt,
	path: string,
	signal: AbortSignal,
): Promise<{ item: Item; runAttempt: unknown }> {
	const { githubRunId, runAttempt, runCreatedAt } = attempt;
	try {
		const { data } = await client.get(`/repos/${repository.name}/actions/runs/${githubRunId}${path}`, {}, { signal });
		return { item: makeRunItem(data, repository, path), runAttempt: readField(data, "run_attempt") ?? 1 };
	} catch (error) {
		if (!isGone(error)) throw error;
		const { id, name } = repository;
		const gone = { githubRunId, runAttempt, runCreatedAt, goneAt: formatInstant(client.now()) };
		const at = `run ${githubRunId}, attempt ${runAttempt}`;
		return { item: { at, entry: { kind: "gone", repository: { id, name }, ...gone } }, runAttempt };
	}
}
