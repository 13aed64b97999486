import { z } from "zod";
import { perPage } from "../api/client.ts";
import { listCommits } from "../commits/read-commits.ts";
import { answeredPull } from "../pulls/entry.ts";
import { listPulls } from "../pulls/read-pulls.ts";
import { answeredRun } from "../runs/entry.ts";
import { openRuns } from "../runs/list-page.ts";
import { listRuns } from "../runs/list-runs.ts";
import { scan } from "../scan.ts";
import type { Turn } from "../session.ts";
import type { Listed } from "./compare.ts";

interface Scope {
	/** Canonical instant. */
	readonly since: string;
	readonly signal: AbortSignal;
	warn(text: string): void;
}

/** A list of GitHub, the source that stores it, and what is stored: key and state, of a repository ($1). */
interface List {
	readonly source: string;
	readonly stored: string;
	list(turn: Turn, scope: Scope): AsyncIterable<Listed>;
}

/** Every attempt of every run since a time. Of the earlier attempts of a run only their being there can be checked. */
export const runsList: List = {
	source: "github:runs",
	stored: `SELECT github_run_id || ' ' || run_attempt AS key, coalesce(conclusion, status, '') AS state
FROM workflow_runs WHERE repository_id = $1`,
	async *list(turn, { since, signal, warn }) {
		const options = { ask: openRuns(turn, signal), floor: since, now: turn.client.now(), warn };
		for await (const { runs } of listRuns({}, options)) {
			for (const raw of runs) {
				const { data: run } = answeredRun.safeParse(raw);
				// A page that reaches down to that time reaches beyond it.
				if (!run || run.runCreatedAt < since) continue;
				const { githubRunId: id, runAttempt: newest, githubUpdatedAt: changedAt } = run;
				for (let attempt = 1; attempt <= newest; attempt++) {
					const state = attempt < newest ? null : (run.conclusion ?? run.status ?? "");
					yield { key: `${id} ${attempt}`, name: `run ${id}, attempt ${attempt}`, state, changedAt };
				}
			}
		}
	},
};

/** Every pull request that changed since a time: whether it is open, closed or merged. */
export const pullsList: List = {
	source: "github:pulls",
	stored: `SELECT number::text AS key, CASE WHEN merged THEN 'merged' ELSE coalesce(state, '') END AS state
FROM pull_requests WHERE repository_id = $1`,
	async *list(turn, { since, signal }) {
		for await (const { rows } of scan({ ask: (page) => listPulls(turn, page, { signal }), downTo: since })) {
			for (const raw of rows) {
				const { data: pull } = answeredPull.safeParse(raw);
				// One that was closed before is older than what is kept, whatever was said about it since.
				if (!pull || (pull.closedAt ?? pull.updatedAt) < since) continue;
				const { number, updatedAt: changedAt } = pull;
				const state = pull.mergedAt ? "merged" : pull.state;
				yield { key: String(number), name: `pull request ${number}`, state, changedAt };
			}
		}
	},
};

const listedCommit = z.object({
	sha: z.string(),
	commit: z.object({ committer: z.object({ date: z.string() }).nullish() }),
});

/** Every commit of the default branch since a time. GitHub does not say when one was pushed: its own date has to do. */
export const commitsList: List = {
	source: "github:commits",
	stored: "SELECT sha AS key, '' AS state FROM commits WHERE repository_id = $1",
	async *list(turn, { since, signal }) {
		for (let page = 1, isLast = false; !isLast; page++) {
			const { rows } = await listCommits(turn, { page, since }, { signal });
			for (const raw of rows) {
				const { data } = listedCommit.safeParse(raw);
				if (!data) continue;
				const { sha, commit } = data;
				yield { key: sha, name: `commit ${sha}`, state: "", changedAt: commit.committer?.date ?? null };
			}
			isLast = rows.length < perPage;
		}
	},
};
