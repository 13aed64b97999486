import type { Context, Item, Page, Target } from "@tidemark/core";
import type { AttemptWithoutJobs } from "@tidemark/db";
import { isGone } from "../api/failures.ts";
import { batchItems } from "../batch-items.ts";
import { beginTurn, type Turn } from "../session.ts";
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
export async function* readJobs(
	target: Target,
	_from: undefined,
	context: Context<GithubConfig>,
): AsyncIterable<Page<undefined>> {
	const turn = await beginTurn("github:jobs", target, context);
	yield* batchItems(readItems(turn, context), pageSize);
}

async function* readItems(turn: Turn, { signal, workList }: Context<GithubConfig>): AsyncIterable<Item> {
	let failures = 0;
	for await (const attempts of groupRuns(workList("attemptsWithoutJobs", turn.repository.id))) {
		const due = attempts.filter((attempt) => isDue(attempt, turn.client.now()));
		const found = await fetchJobs(turn, due, signal);
		for (const [index, attempt] of due.entries()) {
			const jobs = found[index];
			if (!jobs) continue;
			yield* makeJobItems(attempt, jobs, turn);
			failures = "error" in jobs && !isGone(jobs.error) ? failures + 1 : 0;
			if ("error" in jobs && failures === maxFailures) throw jobs.error;
		}
	}
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
