import { EndedEarly } from "@tidemark/core";
import { createSecondaryLimit, type Fault, simulateGithub } from "@tidemark/world/github";
import { afterEach, describe, expect, it, vi } from "vitest";
import { type ClientOptions, GithubClient } from "../../src/github/api/client.ts";
import { GithubError } from "../../src/github/api/failures.ts";
import { start } from "./busy-world.ts";

const never = new AbortController().signal;
const path = "/repos/acme/app";

/** A client of a world of its own that notes how long it would have waited. */
async function openClient(options: Partial<ClientOptions> = {}) {
	const github = await simulateGithub({ now: start });
	github.addRepository("acme/app");
	const waits: number[] = [];
	const messages: string[] = [];
	const client = new GithubClient({
		apiUrl: github.url,
		token: "test-token",
		keepFree: 0,
		report: { info: (text) => messages.push(text), warn: (text) => messages.push(text) },
		wait: async (ms) => {
			waits.push(ms);
		},
		...options,
	});
	const ask = () => client.get(path, {}, { signal: never });
	return { ...github, client, waits, messages, ask };
}

afterEach(() => {
	vi.restoreAllMocks();
});

describe("a limit of GitHub", () => {
	const forms = [403, 429].flatMap((status) =>
		[true, false].flatMap((saysSo) =>
			([undefined, "seconds", "date"] as const).map(
				(as) => ({ status: status === 403 ? 403 : 429, saysSo, as }) as const,
			),
		),
	);

	it.each(forms)("T23: of status $status, Retry-After $as, in plain words $saysSo is waited for once", async (form) => {
		await using github = await openClient();
		const { as, ...rest } = form;
		github.faults.script(createSecondaryLimit({ ...rest, ...(as && { retryAfterMs: 7000, as }) }));
		await expect(github.ask()).resolves.toMatchObject({ data: { full_name: "acme/app" } });
		expect(github.waits).toEqual([as ? 7000 : 60_000]);
		expect(github.messages).toEqual([`GitHub asks to slow down; waiting ${as ? 7 : 60} s`]);
		expect(github.requests).toHaveLength(2);
	});

	it.each([403, 429] as const)(
		"T23: that is used up and answered with %i is waited for until it renews",
		async (limitStatus) => {
			const real = performance.now.bind(performance);
			let waited = 0;
			vi.spyOn(performance, "now").mockImplementation(() => real() + waited);
			await using github = await openClient({
				maxWaitMs: 4_000_000,
				wait: async (ms) => {
					waited += ms;
					github.clock.advance(ms);
				},
			});
			github.addToken("test-token", { limit: 60, remaining: 0, limitStatus });
			await expect(github.ask()).resolves.toMatchObject({ data: { full_name: "acme/app" } });
			expect(waited).toBe(3_601_000);
		},
	);

	it("T23: of GraphQL comes with status 200, and is waited for like any other", async () => {
		await using github = await openClient();
		const ask = () => github.client.graphql("{ viewer { login } }", {}, never);
		const answer = (type: string | undefined, message: string, left: string): Fault => ({
			kind: "answer",
			status: 200,
			headers: { "x-ratelimit-remaining": left, "x-ratelimit-reset": String(Date.parse(start) / 1000 + 1800) },
			body: { data: null, errors: [{ ...(type && { type }), message }] },
		});
		github.faults.script(answer(undefined, "You have exceeded a secondary rate limit.", "4000"));
		await expect(ask()).resolves.toEqual({ viewer: { login: "octocat" } });
		expect(github.waits).toEqual([60_000]);
		// A point is left, and the query costs two.
		github.faults.script(answer("RATE_LIMITED", "API rate limit exceeded for user ID 1.", "1"));
		await expect(ask()).rejects.toThrow(EndedEarly);
		expect(github.waits).toEqual([60_000]);
	});

	it.each([90_000, -90_000, 3_600_000])(
		"T24: is reckoned by GitHub's clock, though that is %i ms off",
		async (skewMs) => {
			await using github = await openClient();
			github.clock.skewMs = skewMs;
			github.faults.script(createSecondaryLimit({ status: 403, retryAfterMs: 9000, as: "date", saysSo: false }));
			await github.ask();
			expect(github.waits).toEqual([9000]);
		},
	);

	it("T24: that is used up ends the run with the time of GitHub's clock at which it renews", async () => {
		await using github = await openClient();
		github.clock.skewMs = 90_000;
		github.addToken("test-token", { limit: 60, remaining: 0 });
		await expect(github.ask()).rejects.toThrow(
			new EndedEarly("GitHub's requests per hour are used up, until 2026-03-01 01:01 UTC"),
		);
		expect(github.waits).toEqual([]);
	});

	it("T22: that takes longer than two minutes ends the run at once", async () => {
		await using github = await openClient();
		github.faults.script(createSecondaryLimit({ status: 429, retryAfterMs: 121_000, saysSo: true }));
		await expect(github.ask()).rejects.toThrow(EndedEarly);
		expect({ waits: github.waits, requests: github.requests.length }).toEqual({ waits: [], requests: 1 });
	});

	it("T22: is waited for two minutes in all, over all requests", async () => {
		await using github = await openClient();
		github.faults.script(createSecondaryLimit({ status: 429, retryAfterMs: 50_000, saysSo: true }), { times: 2 });
		await github.ask();
		github.faults.script(createSecondaryLimit({ status: 429, retryAfterMs: 50_000, saysSo: true }));
		await expect(github.ask()).rejects.toThrow(EndedEarly);
		expect(github.waits).toEqual([50_000, 50_000]);
	});

	it("T23: that is still there after three waits ends the run", async () => {
		await using github = await openClient();
		github.faults.script(createSecondaryLimit({ status: 403, retryAfterMs: 1000, saysSo: true }), { times: Infinity });
		await expect(github.ask()).rejects.toThrow(EndedEarly);
		expect({ waits: github.waits, requests: github.requests.length }).toEqual({
			waits: [1000, 1000, 1000],
			requests: 4,
		});
	});

	it("T42: that is being waited for ends with Ctrl-C", async () => {
		const cancel = new AbortController();
		await using github = await openClient({
			wait: (_, signal) =>
				new Promise((_, reject) => {
					signal.addEventListener("abort", () => reject(signal.reason));
					cancel.abort();
				}),
		});
		github.faults.script(createSecondaryLimit({ status: 403, retryAfterMs: 100_000, saysSo: true }));
		await expect(github.client.get(path, {}, { signal: cancel.signal })).rejects.toThrow("aborted");
	});
});

describe("a failure that may pass", () => {
	const failures: Fault[] = [
		{ kind: "reset" },
		{ kind: "truncate" },
		{ kind: "html" },
		...[500, 502, 503, 504, 408].map((status): Fault => ({ kind: "answer", status })),
	];

	it.each(failures)("T41: is tried again: $kind $status", async (fault) => {
		await using github = await openClient();
		github.faults.script(fault, { times: 2 });
		await expect(github.ask()).resolves.toMatchObject({ data: { full_name: "acme/app" } });
		expect(github.waits).toHaveLength(2);
	});

	it.each(failures)(
		"T41: is reported after five tries, and that the next run goes on: $kind $status",
		async (fault) => {
			await using github = await openClient();
			github.faults.script(fault, { times: Infinity });
			const error = await github.ask().catch((reason: unknown) => reason);
			expect(error).toBeInstanceOf(GithubError);
			expect(String(error)).toContain("GitHub did not answer /repos/acme/app after 5 tries");
			expect(String(error)).not.toContain("fetch failed");
			expect(github.requests).toHaveLength(5);
			const [first = 0, ...others] = github.waits;
			expect(others.every((wait) => wait > first / 4)).toBe(true);
		},
	);

	it("T42: is a server that never answers", async () => {
		await using github = await openClient({ timeoutMs: 100 });
		github.faults.script({ kind: "hang" }, { times: 2 });
		await expect(github.ask()).resolves.toMatchObject({ data: { full_name: "acme/app" } });
		github.faults.script({ kind: "hang" }, { times: Infinity });
		await expect(github.ask()).rejects.toThrow("GitHub did not answer /repos/acme/app after 5 tries");
	});

	it("T42: is not waited for after Ctrl-C", async () => {
		await using github = await openClient();
		github.faults.script({ kind: "hang" });
		const cancel = new AbortController();
		github.onRequest(() => {
			setImmediate(() => cancel.abort());
		});
		await expect(github.client.get(path, {}, { signal: cancel.signal })).rejects.toThrow("aborted");
		expect(github.requests).toHaveLength(1);
	});

	it("is counted like any request, and ends if no more are allowed", async () => {
		await using github = await openClient({ maxRequests: 3 });
		github.faults.script({ kind: "answer", status: 502 }, { times: Infinity });
		await expect(github.ask()).rejects.toThrow("the 3 requests of --max-requests (GITHUB_MAX_REQUESTS) are made");
		expect(github.requests).toHaveLength(3);
	});
});

describe("a refusal", () => {
	it("T29: for a missing permission is no limit: it comes at once and names the permission", async () => {
		await using github = await openClient();
		github.addToken("test-token", { permissions: { metadata: "none" } });
		await expect(github.ask()).rejects.toMatchObject({
			status: 403,
			message: "GitHub answers 403 to /repos/acme/app: Resource not accessible by integration.",
			why: "The token lacks a permission: metadata: read.",
		});
		expect({ waits: github.waits, requests: github.requests.length }).toEqual({ waits: [], requests: 1 });
	});

	it.each([400, 401, 404, 409, 410, 422, 451])("T28: with %i is taken after one request", async (status) => {
		await using github = await openClient();
		github.faults.script({ kind: "answer", status, body: { message: "No" } });
		await expect(github.ask()).rejects.toMatchObject({ status, fix: expect.stringMatching(/\w+/) });
		expect(github.requests).toHaveLength(1);
	});
});

it("T27: a request for a repository that was renamed is redirected, and stays the same request", async () => {
	await using github = await openClient();
	const moved = github.addRepository("acme/old");
	moved.rename("acme/new");
	const answer = await github.client.get("/repos/acme/old/actions/runs", { per_page: 100 }, { signal: never });
	expect(answer.data).toEqual({ total_count: 0, workflow_runs: [] });
	expect(github.requests.map(({ status, query, token }) => ({ status, query, token }))).toEqual([
		{ status: 301, query: { per_page: "100" }, token: "test-token" },
		{ status: 200, query: { per_page: "100" }, token: "test-token" },
	]);
});

it("every request says who asks and which version of the API it understands", async () => {
	await using github = await openClient();
	await github.ask();
	expect(github.requests[0]?.headers).toMatchObject({
		"user-agent": expect.stringContaining("tidemark"),
		"x-github-api-version": "2022-11-28",
		authorization: "token test-token",
	});
});
