import { describe, expect, it } from "vitest";
import { simulateGithub } from "../../src/github/index.ts";
import { ask, query, second } from "./ask.ts";

const suites = /* GraphQL */ `
	query ($ids: [ID!]!, $first: Int!, $type: CheckRunType!) {
		rateLimit { limit cost remaining resetAt }
		nodes(ids: $ids) {
			__typename
			... on CheckSuite {
				workflowRun { databaseId runNumber }
				checkRuns(first: $first, filterBy: { checkType: $type }) {
					totalCount
					pageInfo { hasNextPage endCursor }
					nodes { databaseId name status conclusion startedAt completedAt steps(first: 50) { nodes { name } } }
				}
			}
		}
	}
`;

describe("GraphQL", () => {
	it("answers with the jobs of many runs at once, for points by the documented formula", async () => {
		await using github = await simulateGithub({ now: second(100) });
		const repository = github.addRepository("acme/app");
		const jobs = [{ id: 91, name: "build", startedAt: second(1), completedAt: second(2), conclusion: "failure" }];
		const again = [{ id: 92, name: "build", startedAt: second(11) }];
		const run = repository.addRun({
			createdAt: second(0),
			attempts: [
				{ startedAt: second(0), endedAt: second(3), conclusion: "failure", jobs },
				{ startedAt: second(10), jobs: again },
			],
		});
		const ids = [run.checkSuiteNodeId];
		expect((await ask(github, `/repos/acme/app/actions/runs/${run.id}`)).body).toMatchObject({
			check_suite_node_id: ids[0],
		});
		const all = await query(github, suites, { ids, first: 20, type: "ALL" });
		expect(all).toMatchObject({
			status: 200,
			body: {
				data: {
					rateLimit: { limit: 5000, cost: 1, remaining: 4999 },
					nodes: [
						{
							__typename: "CheckSuite",
							workflowRun: { databaseId: run.id, runNumber: 1 },
							checkRuns: {
								totalCount: 2,
								nodes: [
									{ databaseId: 91, status: "COMPLETED", conclusion: "FAILURE", startedAt: "2026-03-01T00:00:01Z" },
									{ databaseId: 92, status: "IN_PROGRESS", conclusion: null, completedAt: null },
								],
							},
						},
					],
				},
			},
		});
		expect((await query(github, suites, { ids, first: 20, type: "LATEST" })).body).toMatchObject({
			data: { nodes: [{ checkRuns: { totalCount: 1 } }] },
		});
		// 1 + 50 + 50 x 20 connections.
		const many = Array.from({ length: 50 }, () => run.checkSuiteNodeId);
		await query(github, suites, { ids: many, first: 20, type: "ALL" });
		expect(github.requests.at(-1)?.points).toBe(11);
	});

	it("answers with a pull request, its commits and its events", async () => {
		await using github = await simulateGithub({ now: second(100) });
		const repository = github.addRepository("acme/app");
		const pull = repository.addPull({
			number: 3,
			createdAt: second(0),
			author: "renovate[bot]",
			head: { repo: null },
			additions: 12,
			changedFiles: 4,
			commits: [
				{ sha: "c1", authoredAt: second(1), committedAt: second(2) },
				{ sha: "c2", authoredAt: second(500) },
			],
			events: [
				{ at: second(5), kind: "closed" },
				{ at: second(6), kind: "reopened" },
				{ at: second(7), kind: "labeled" },
				{ at: second(8), kind: "merged" },
			],
		});
		const { body } = await query(
			github,
			`query ($ids: [ID!]!) { nodes(ids: $ids) { ... on PullRequest {
				id number state isDraft merged additions deletions changedFiles createdAt updatedAt closedAt mergedAt
				author { login __typename } headRefName headRefOid baseRefName headRepository { nameWithOwner } mergeCommit { oid }
				commits(first: 10) { totalCount nodes { commit { oid authoredDate committedDate } } }
				timelineItems(first: 10, itemTypes: [REOPENED_EVENT, CLOSED_EVENT, MERGED_EVENT]) {
					totalCount
					nodes { __typename ... on ReopenedEvent { createdAt } ... on ClosedEvent { createdAt } ... on MergedEvent { createdAt } }
					pageInfo { hasNextPage }
				}
			} } }`,
			{ ids: [pull.nodeId] },
		);
		expect(body).toMatchObject({
			data: {
				nodes: [
					{
						id: pull.nodeId,
						state: "MERGED",
						merged: true,
						additions: 12,
						changedFiles: 4,
						mergedAt: "2026-03-01T00:00:08Z",
						author: { login: "renovate", __typename: "Bot" },
						headRepository: null,
						commits: { totalCount: 1, nodes: [{ commit: { oid: "c1", committedDate: "2026-03-01T00:00:02Z" } }] },
						timelineItems: { totalCount: 4 },
					},
				],
			},
		});
		expect((await ask(github, "/repos/acme/app/pulls?state=all")).body).toMatchObject([{ node_id: pull.nodeId }]);
	});

	it("pages with cursors", async () => {
		await using github = await simulateGithub({ now: second(100) });
		const repository = github.addRepository("acme/app");
		for (let number = 1; number <= 5; number++) repository.addPull({ number, createdAt: second(number) });
		const text = `query ($after: String) { repository(owner: "acme", name: "app") {
			pullRequests(first: 2, after: $after, orderBy: { field: UPDATED_AT, direction: DESC }) {
				nodes { number } pageInfo { hasNextPage endCursor }
			}
		} }`;
		const numbers: unknown[] = [];
		let after: unknown = null;
		do {
			const { body } = await query(github, text, { after });
			const page = Object(body).data.repository.pullRequests;
			numbers.push(...page.nodes.map((node: { number: number }) => node.number));
			after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
		} while (after !== null);
		expect(numbers).toEqual([5, 4, 3, 2, 1]);
	});

	it("refuses a field that does not exist, with status 200", async () => {
		await using github = await simulateGithub({ now: second(100) });
		const { status, body } = await query(github, "{ viewer { login shoeSize } }");
		expect([status, body]).toMatchObject([
			200,
			{
				data: null,
				errors: [{ message: "Field 'shoeSize' doesn't exist on type 'User'", extensions: { code: "undefinedField" } }],
			},
		]);
	});

	it("answers the other nodes if one does not exist", async () => {
		await using github = await simulateGithub({ now: second(100) });
		const run = github.addRepository("acme/app").addRun({ createdAt: second(0), attempts: [] });
		const { body } = await query(github, "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", {
			ids: ["CS_gone", run.checkSuiteNodeId],
		});
		expect(body).toMatchObject({
			data: { nodes: [null, { id: run.checkSuiteNodeId }] },
			errors: [{ type: "NOT_FOUND", path: ["nodes", 0] }],
		});
	});

	it("wants every connection bounded", async () => {
		await using github = await simulateGithub({ now: second(100) });
		github.addRepository("acme/app");
		const ask = (bounds: string) =>
			query(github, `{ repository(owner: "acme", name: "app") { pullRequests${bounds} { totalCount } } }`);
		expect((await ask("")).body).toMatchObject({ errors: [{ type: "MISSING_PAGINATION_BOUNDARIES" }] });
		expect((await ask("(first: 101)")).body).toMatchObject({ errors: [{ type: "EXCESSIVE_PAGINATION" }] });
	});

	it("has a limit of its own, and says so with status 200", async () => {
		await using github = await simulateGithub({ now: second(0) });
		github.addToken("test-token", { graphqlLimit: 1 });
		expect((await query(github, "{ viewer { login } }")).body).toMatchObject({
			data: { viewer: { login: "octocat" } },
		});
		const refused = await query(github, "{ viewer { login } }");
		expect(refused).toMatchObject({ status: 200, body: { data: null, errors: [{ type: "RATE_LIMITED" }] } });
		expect(refused.headers.get("x-ratelimit-resource")).toBe("graphql");
		expect(refused.headers.get("x-ratelimit-remaining")).toBe("0");
		expect((await ask(github, "/rate_limit")).body).toMatchObject({ resources: { core: { remaining: 5000 } } });
	});

	it("needs a token, and its permission for what is asked", async () => {
		await using github = await simulateGithub({ now: second(0) });
		const run = github.addRepository("acme/app").addRun({ createdAt: second(0), attempts: [] });
		const anonymous = await fetch(`${github.url}/graphql`, { method: "POST", body: '{"query":"{viewer{login}}"}' });
		expect(anonymous.status).toBe(401);
		github.tokens.setPermissions("test-token", { actions: "none" });
		const { body } = await query(github, `{ node(id: "${run.checkSuiteNodeId}") { id } }`);
		expect(body).toMatchObject({ data: { node: null }, errors: [{ type: "FORBIDDEN" }] });
	});
});
