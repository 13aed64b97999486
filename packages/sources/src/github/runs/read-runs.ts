import type { Context, Page, Target } from "@tidemark/core";
import { z } from "zod";
import { beginTurn } from "../session.ts";
import type { GithubConfig } from "../settings.ts";
import { fetchMissingAttempts, fetchUnfinished } from "./fetch-runs.ts";
import { listPage } from "./list-page.ts";
import { listRuns, type RunsCursor } from "./list-runs.ts";
import { makeRepositoryItem, makeRunItems } from "./run-items.ts";

const listedRun = z.object({ id: z.number(), run_attempt: z.number().nullish() });

/**
 * First the list of runs, newest first, as far as something may have changed; then, one by one, the attempts that were not
 * finished when they were last looked at, and the earlier attempts of what was re-run, which no list has.
 */
export async function* readRuns(
	target: Target,
	from: RunsCursor = {},
	context: Context<GithubConfig>,
): AsyncIterable<Page<RunsCursor>> {
	const { floor, signal, report } = context;
	const turn = await beginTurn("github:runs", target, context);
	const { client, repository } = turn;
	yield { items: [makeRepositoryItem(repository, from.sweptAt)] };
	const listing = listRuns(from, {
		ask: (page, window) => listPage(client, repository.name, { page, window }, signal),
		floor,
		now: client.now(),
		warn: (text) => report.warn(`${repository.name}: ${text}`),
	});
	const listed = new Map<number, number>();
	let step = await listing.next();
	for (; !step.done; step = await listing.next()) {
		const { runs, cursor } = step.value;
		for (const run of runs) {
			const { data } = listedRun.safeParse(run);
			if (data) listed.set(data.id, data.run_attempt ?? 1);
		}
		yield { items: makeRunItems(runs, repository), cursor };
	}
	const cursor = step.value;
	// When this page is taken, the last one of the list is committed: what follows is read from the tables.
	yield { items: cursor.sweptAt === from.sweptAt ? [] : [makeRepositoryItem(repository, cursor.sweptAt)], cursor };
	yield* fetchUnfinished(turn, context, listed);
	yield* fetchMissingAttempts(turn, context);
}
