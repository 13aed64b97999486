import { describe, expect, it } from "vitest";
import { type AttemptScript, type SimulatedGithub, simulateGithub } from "../../src/github/index.ts";
import { ask, readField, readLinks, second } from "./ask.ts";

const run = "/repos/acme/app/actions/runs/1";

async function worldOfAttempts(now: string, attempts: readonly AttemptScript[]): Promise<SimulatedGithub> {
	const github = await simulateGithub({ now });
	github.addRepository("acme/app").addRun({ id: 1, createdAt: second(0), attempts });
	return github;
}

/** Two of three jobs succeed, the third is run again. */
function rerunOfFailedJobs(copiesJobs: "same-id" | "new-id"): readonly AttemptScript[] {
	const job = (id: number, name: string, from: number, to: number, conclusion: string) => ({
		id,
		name,
		startedAt: second(from),
		completedAt: second(to),
		conclusion,
	});
	const first = [job(11, "a", 1, 10, "success"), job(12, "b", 1, 20, "success"), job(13, "c", 1, 30, "failure")];
	return [
		{ startedAt: second(0), endedAt: second(30), conclusion: "failure", jobs: first },
		{ startedAt: second(900), endedAt: second(999), copiesJobs, jobs: [job(14, "c", 901, 999, "success")] },
	];
}

describe("a job", () => {
	it("is queued, runs and ends with the clock", async () => {
		await using github = await worldOfAttempts(second(1), [
			{
				startedAt: second(0),
				jobs: [
					{
						createdAt: second(2),
						startedAt: second(5),
						completedAt: second(9),
						labels: ["self-hosted"],
						steps: [
							{ name: "one", startedAt: second(5), completedAt: second(6) },
							{ name: "two", startedAt: second(6), completedAt: second(9), conclusion: "skipped" },
						],
					},
				],
			},
		]);
		const seen = async (at: number) => {
			github.clock.set(second(at));
			return (await ask(github, `${run}/jobs`)).body;
		};
		expect(await seen(1)).toMatchObject({ total_count: 0 });
		expect(await seen(2)).toMatchObject({ jobs: [{ status: "queued", runner_name: null, steps: [] }] });
		expect(await seen(6)).toMatchObject({
			jobs: [
				{
					status: "in_progress",
					conclusion: null,
					completed_at: null,
					labels: ["self-hosted"],
					steps: [{ conclusion: "success" }, { status: "in_progress", conclusion: null }],
				},
			],
		});
		expect(await seen(9)).toMatchObject({
			jobs: [{ status: "completed", conclusion: "success", steps: [{}, { number: 2, conclusion: "skipped" }] }],
		});
		expect(github.violations).toEqual([]);
	});

	it("may end before it started and start before it was queued", async () => {
		const absurd = { createdAt: second(50), startedAt: second(20), completedAt: second(10) };
		await using github = await worldOfAttempts(second(60), [{ startedAt: second(0), jobs: [absurd] }]);
		expect((await ask(github, `${run}/jobs`)).body).toMatchObject({
			jobs: [{ status: "completed", started_at: "2026-03-01T00:00:20Z", completed_at: "2026-03-01T00:00:10Z" }],
		});
	});

	it("that succeeded is listed again when the failed ones are run again, with its id", async () => {
		await using github = await worldOfAttempts(second(1000), rerunOfFailedJobs("same-id"));
		const { body } = await ask(github, `${run}/attempts/2/jobs`);
		expect(readField(body, "id")).toEqual([11, 12, 14]);
		expect(readField(body, "run_attempt")).toEqual([2, 2, 2]);
		expect(readField(body, "started_at").slice(0, 2)).toEqual(["2026-03-01T00:00:01Z", "2026-03-01T00:00:01Z"]);
	});

	it("that succeeded is listed again when the failed ones are run again, with an id of its own", async () => {
		await using github = await worldOfAttempts(second(1000), rerunOfFailedJobs("new-id"));
		const { body } = await ask(github, `${run}/attempts/2/jobs`);
		expect(readField(body, "name")).toEqual(["a", "b", "c"]);
		expect(readField(body, "id")).not.toContain(11);
		expect(readField(body, "completed_at")[1]).toBe("2026-03-01T00:00:20Z");
		expect(readField((await ask(github, `${run}/attempts/1/jobs`)).body, "id")).toEqual([11, 12, 13]);
	});

	it("is listed for the newest attempt, or for all", async () => {
		await using github = await worldOfAttempts(second(1000), rerunOfFailedJobs("same-id"));
		expect(readField((await ask(github, `${run}/jobs`)).body, "id")).toEqual([11, 12, 14]);
		expect(readField((await ask(github, `${run}/jobs?filter=latest`)).body, "id")).toEqual([11, 12, 14]);
		expect((await ask(github, `${run}/jobs?filter=all`)).body).toMatchObject({ total_count: 6 });
		expect((await ask(github, `${run}/attempts/3/jobs`)).status).toBe(404);
	});

	it("can be one of hundreds, in pages", async () => {
		const jobs = Array.from({ length: 257 }, () => ({ startedAt: second(1), completedAt: second(2) }));
		await using github = await worldOfAttempts(second(1000), [{ startedAt: second(0), jobs }]);
		const first = await ask(github, `${run}/attempts/1/jobs?per_page=100`);
		expect(first.body).toMatchObject({ total_count: 257 });
		expect(readField((await ask(github, readLinks(first).last ?? "")).body, "id")).toHaveLength(57);
	});
});
