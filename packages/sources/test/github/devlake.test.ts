import { type Database, type Row, save } from "@tidemark/db";
import { describeOnPostgres } from "@tidemark/db/testing";
import { readDevlake, readDevlakeRows, replayDevlake, simulateGithub } from "@tidemark/world/github";
import { beforeAll, expect, it } from "vitest";
import { goodTick } from "./tick.ts";

const recorded = readDevlake();
/** `2022-06-25T04:17:45.000+00:00` as we write it; null if it is empty. */
const canonical = (time = "") => (time === "" ? null : new Date(time).toISOString().replace("Z", "000Z"));
const nullable = (text = "") => (text === "" ? null : text);

describeOnPostgres("what Apache DevLake recorded of a repository becomes the rows that it made of it", (open) => {
	let db: Database;

	beforeAll(async () => {
		db = await open();
		await using github = await simulateGithub({ now: "2022-12-01T00:00:00Z", validate: false });
		const repository = github.addRepository(recorded.fullName, { id: recorded.repositoryId });
		replayDevlake(recorded, repository);
		for (const { commit } of recorded.pullCommits) repository.addRawCommit(commit);
		// The runs of the recorded jobs were not recorded: here they have been stored by an earlier collection.
		await save(db, { workflow_runs: recorded.jobs.map(runOfJob) });
		await goodTick(db, github, { flags: { repo: [recorded.fullName] } });
		expect(github.violations).toEqual([]);
	});

	it("35 runs with their ids, names, states and times; the 15 states that were edited by hand as they are", async () => {
		const rows = await db.query(
			`SELECT github_run_id::text AS id, workflow_name AS name, branch, commit_sha AS sha, workflow_path AS path,
run_number::text AS number, event_type AS event, status, coalesce(conclusion, '') AS conclusion, run_attempt::text AS attempt,
run_created_at AS created, started_at AS started, github_updated_at AS updated
FROM workflow_runs WHERE run_number IS NOT NULL AND gone_at IS NULL ORDER BY id`,
		);
		const expected = readDevlakeRows("_tool_github_runs").map((run) => ({
			id: run.id,
			name: run.name,
			branch: run.head_branch,
			sha: run.head_sha,
			path: run.path,
			number: run.run_number,
			event: run.event,
			status: run.status,
			conclusion: run.conclusion,
			attempt: run.run_attempt,
			created: canonical(run.github_created_at),
			started: canonical(run.run_started_at),
			updated: canonical(run.github_updated_at),
		}));
		expect(expected).toHaveLength(35);
		expect(rows).toEqual(expected);
	});

	it("the earlier attempts of 21 re-runs, which it did not ask for, are marked as gone", async () => {
		const [gone] = await db.query("SELECT count(*)::int AS count FROM workflow_runs WHERE gone_at IS NOT NULL");
		expect(gone).toEqual({ count: 21 });
	});

	it("durations as it reckons them, from updated_at, which to us are estimates: no jobs of these runs were recorded", async () => {
		const rows = await db.query<{ id: string }>(
			`SELECT github_run_id::text AS id, duration_seconds AS duration, completed_at AS completed, completed_at_is_estimate AS estimate
FROM workflow_runs WHERE run_number IS NOT NULL`,
		);
		const ours = new Map(rows.map((row) => [row.id, row]));
		const finished = readDevlakeRows("cicd_pipelines").filter(({ original_status }) => original_status === "completed");
		expect(finished).toHaveLength(18);
		for (const { id = "", duration_sec, finished_date } of finished) {
			const runId = id.split(":").at(-1) ?? "";
			expect(ours.get(runId)).toEqual({
				id: runId,
				duration: Number(duration_sec),
				completed: canonical(finished_date),
				estimate: true,
			});
		}
	});

	it("35 jobs with their ids, names and times; states as GitHub writes them, where it writes capitals", async () => {
		const rows = await db.query(
			`SELECT github_job_id::text AS id, github_run_id::text AS run, job_name AS name, upper(status) AS status,
coalesce(upper(conclusion), '') AS conclusion, started_at AS started, completed_at AS completed, labels::text AS labels,
html_url AS url FROM workflow_jobs ORDER BY id`,
		);
		const expected = readDevlakeRows("_tool_github_jobs").map((job) => ({
			id: job.id,
			run: job.run_id,
			name: job.name,
			status: job.status,
			conclusion: job.conclusion,
			started: canonical(job.started_at),
			completed: canonical(job.completed_at),
			labels: job.labels,
			url: job.html_url,
		}));
		expect(expected).toHaveLength(35);
		expect(rows).toEqual(expected);
	});

	it("49 pull requests; a merge commit only for what was merged, where it keeps GitHub's test merges", async () => {
		const rows = await db.query(
			`SELECT number::text, title, state, merged, author, head_branch AS head, head_sha AS sha, base_branch AS base, draft,
head_repository IS NULL AS is_homeless, created_at AS created, merged_at, closed_at, merge_commit_sha AS merge, html_url AS url
FROM pull_requests ORDER BY pull_requests.number`,
		);
		const expected = readDevlakeRows("pull_requests")
			.toSorted((one, other) => Number(one.pull_request_key) - Number(other.pull_request_key))
			.map((pull) => ({
				number: pull.pull_request_key,
				title: pull.title,
				state: pull.original_status,
				merged: pull.status === "MERGED",
				author: nullable(pull.author_name),
				head: pull.head_ref,
				sha: pull.head_commit_sha,
				base: pull.base_ref,
				draft: pull.is_draft === "1",
				is_homeless: pull.head_repo_id?.endsWith(":0"),
				created: canonical(pull.created_date),
				merged_at: canonical(pull.merged_date),
				closed_at: canonical(pull.closed_date),
				merge: pull.status === "MERGED" ? pull.merge_commit_sha : null,
				url: pull.url,
			}));
		expect(expected).toHaveLength(49);
		expect(rows).toEqual(expected);
	});

	it("90 commits by name, author and time, and of their messages the first line", async () => {
		const rows = await db.query(
			"SELECT sha, author_name AS author, authored_at AS authored, committed_at AS committed, title FROM commits ORDER BY sha",
		);
		const expected = readDevlakeRows("_tool_github_commits").map((commit) => ({
			sha: commit.sha,
			author: commit.author_name,
			authored: canonical(commit.authored_date),
			committed: canonical(commit.committed_date),
			title: String(JSON.parse(commit.message ?? "")).split("\n", 1)[0],
		}));
		expect(expected).toHaveLength(90);
		expect(rows).toEqual(expected);
	});
});

function runOfJob(job: Readonly<Record<string, unknown>>): Row<"workflow_runs"> {
	return {
		githubRunId: Number(job.run_id),
		runAttempt: 1,
		repositoryId: recorded.repositoryId,
		repository: recorded.fullName,
		status: "completed",
		runCreatedAt: "2021-02-18T00:00:00.000000Z",
	};
}
