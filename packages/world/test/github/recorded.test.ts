import { describe, expect, it } from "vitest";
import {
	listWebhooks,
	readDevlake,
	readDevlakeRows,
	readWebhook,
	replayDevlake,
	simulateGithub,
} from "../../src/github/index.ts";
import { ask, query, readField } from "./ask.ts";

async function replayed() {
	const github = await simulateGithub({ now: "2023-01-01T00:00:00Z" });
	const recorded = readDevlake();
	replayDevlake(recorded, github.addRepository(recorded.fullName, { id: recorded.repositoryId }));
	return { github, recorded, path: `/repos/${recorded.fullName}` };
}

describe("what Apache DevLake recorded", () => {
	it("is served object by object as it was recorded", async () => {
		const { github, recorded, path } = await replayed();
		await using _ = github;
		const runs = await ask(github, `${path}/actions/runs?per_page=100`);
		const byId = (one: unknown, other: unknown) => Object(one).id - Object(other).id;
		expect([...Object(runs.body).workflow_runs].sort(byId)).toEqual([...recorded.runs].sort(byId));
		const pulls = await ask(github, `${path}/pulls?state=all&per_page=100&direction=asc`);
		expect(new Set(readField(pulls.body, "id"))).toEqual(new Set(recorded.pulls.map(({ id }) => id)));
		const jobs = await ask(github, `${path}/actions/runs/577324554/jobs`);
		expect(jobs.body).toMatchObject({
			total_count: 6,
			jobs: expect.arrayContaining([expect.objectContaining({ name: "deployubuntu", conclusion: "cancelled" })]),
		});
		expect((await ask(github, `${path}/issues/events?per_page=100`)).body).toHaveLength(49);
		expect(github.violations).toEqual([]);
	});

	it("has as many objects as DevLake made rows from", () => {
		const recorded = readDevlake();
		expect(readDevlakeRows("_tool_github_runs")).toHaveLength(recorded.runs.length);
		expect(readDevlakeRows("_tool_github_jobs")).toHaveLength(recorded.jobs.length);
		expect(readDevlakeRows("_tool_github_pull_requests")).toHaveLength(recorded.pulls.length);
		expect(readDevlakeRows("_tool_github_issue_events")).toHaveLength(recorded.issueEvents.length);
		expect(readDevlakeRows("_tool_github_commits")).toHaveLength(
			new Set(recorded.pullCommits.map(({ commit }) => commit.sha)).size,
		);
	});

	it("is answered by GraphQL too", async () => {
		const { github, recorded } = await replayed();
		await using _ = github;
		const pull = recorded.pulls.find(({ number }) => number === 23);
		const { body } = await query(
			github,
			"query ($ids: [ID!]!) { nodes(ids: $ids) { ... on PullRequest { number merged commits(first: 9) { totalCount } } } }",
			{ ids: [pull?.node_id] },
		);
		const commits = recorded.pullCommits.filter((each) => each.pull === 23).length;
		expect(body).toMatchObject({ data: { nodes: [{ number: 23, commits: { totalCount: commits } }] } });
	});
});

describe("a recorded webhook", () => {
	it("can be served as the object it is about", async () => {
		await using github = await simulateGithub({ now: "2024-01-01T00:00:00Z" });
		const repository = github.addRepository("octo-org/octo-repo");
		expect(listWebhooks()).toHaveLength(13);
		for (const name of listWebhooks()) {
			const { workflow_run, workflow_job, pull_request } = readWebhook(name);
			if (workflow_run) repository.addRawRun(Object(workflow_run));
			if (workflow_job) repository.addRawJob(Object(workflow_job));
			if (pull_request) repository.addRawPull(Object(pull_request));
		}
		const runs = await ask(github, "/repos/octo-org/octo-repo/actions/runs");
		expect(readField(runs.body, "id")).toEqual([289782451]);
		const jobs = await ask(github, "/repos/octo-org/octo-repo/actions/runs/2202229078/jobs");
		expect(readField(jobs.body, "id")).toEqual([289782451]);
		expect((await ask(github, "/repos/octo-org/octo-repo/pulls")).body).toMatchObject([{ number: 2, state: "open" }]);
		expect(github.violations).toEqual([]);
	});
});
