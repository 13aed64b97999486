import type { Context, Item, Page } from "@tidemark/core";
import type { AttemptWithoutJobs } from "@tidemark/db";
import { GithubError, isGone } from "../api/failures.ts";
import { batchItems } from "../batch-items.ts";
import type { Turn } from "../session.ts";
import type { GithubConfig } from "../settings.ts";
import { fetchJobs } from "./fetch-jobs.ts";
import { makeJobItems } from "./job-items.ts";

const pageSize = 500;
/** After this many tries an attempt is asked for only once a day. */
const eagerTries = 5;
const dayMs = 86_400_000;
/** More failures in a row are no longer the fault of one run. */
const maxFailures = 3;

/** The jobs of every finished attempt that has none yet, newest first. What is to be asked for follows from the tables. */
export function readJobs(
	turn: Turn,
	_from: undefined,
	{ signal, workList }: Context<GithubConfig>,
): AsyncIterable<Page<undefined>> {
	async function* items(): AsyncIterable<Item> {
		let failures = 0;
		for await (const attempts of groupRuns(workList("attemptsWithoutJobs", turn.repository.id))) {
			const due = attempts.filter((attempt) => isDue(attempt, turn.client.now()));
			for await (const [attempt, found] of fetchJobs(turn, due, signal)) {
				yield* makeJobItems(attempt, found, turn);
				const hasFailed = found instanceof GithubError && !isGone(found);
				failures = hasFailed ? failures + 1 : 0;
				if (hasFailed && failures === maxFailures) throw found;
			}
		}
	}
	return batchItems(items(), pageSize);
}

function isDue({ tries, lookedUpAt }: AttemptWithoutJobs, now: number): boolean {
	return (tries ?? 0) < eagerTries || lookedUpAt === null || now - Date.parse(lookedUpAt) >= dayMs;
}

/** Attempts of one run stand side by side in the work-list. */
async function* groupRuns(attempts: AsyncIterable<AttemptWithoutJobs>): AsyncIterable<readonly AttemptWithoutJobs[]> {
	let run: AttemptWithoutJobs[] = [];
	for await (const attempt of attempts) {
		if (run[0] && run[0].githubRunId !== attempt.githubRunId) {
			yield run;
			run = [];
		}
		run.push(attempt);
	}
	if (run.length > 0) yield run;
}
