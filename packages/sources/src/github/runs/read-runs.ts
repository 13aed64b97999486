import type { Context, Page } from "@tidemark/core";
import type { Turn } from "../session.ts";
import type { GithubConfig } from "../settings.ts";
import { readField } from "../shapes.ts";
import { fetchMissingAttempts, fetchUnfinished, makeRunItem } from "./fetch-runs.ts";
import { openRuns } from "./list-page.ts";
import { listRuns, type RunsCursor } from "./list-runs.ts";

/**
 * First the list of runs, newest first, as far as something may have changed; then, one by one, the attempts that were not
 * finished when they were last looked at, and the earlier attempts of what was re-run, which no list has.
 */
export async function* readRuns(
	turn: Turn,
	from: RunsCursor = {},
	context: Context<GithubConfig>,
): AsyncIterable<Page<RunsCursor>> {
	const { floor, signal, report } = context;
	const { client, repository } = turn;
	const makeRepositoryItem = (sweptAt: string | null = null) => {
		return { at: repository.name, entry: { kind: "repository", repository, sweptAt } };
	};
	yield { items: [makeRepositoryItem(from.sweptAt)] };
	const warn = (text: string) => report.warn(`${repository.name}: ${text}`);
	const listing = listRuns(from, { ask: openRuns(turn, signal), floor, now: client.now(), warn });
	const listed = new Map<unknown, unknown>();
	let step = await listing.next();
	for (; !step.done; step = await listing.next()) {
		const { runs, cursor } = step.value;
		for (const run of runs) listed.set(readField(run, "id"), readField(run, "run_attempt") ?? 1);
		yield { items: runs.map((run) => makeRunItem(run, repository)), cursor };
	}
	const cursor = step.value;
	// When this page is taken, the last one of the list is committed: what follows is read from the tables.
	yield { items: cursor.sweptAt === from.sweptAt ? [] : [makeRepositoryItem(cursor.sweptAt)], cursor };
	yield* fetchUnfinished(turn, context, listed);
	yield* fetchMissingAttempts(turn, context);
}
