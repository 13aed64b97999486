import { describeOnPostgres, emptyTables } from "@tidemark/db/testing";
import { expect, it } from "vitest";
import { start } from "./busy-world.ts";
import { goodTick } from "./tick.ts";
import { days, hours, later } from "./truth.ts";
import { withoutPauses } from "./without-pauses.ts";
import { single, worldOf } from "./world-of.ts";

const pullsOnly = { only: ["github:pulls"] };
const at = (hour: number) => later(start, hours(hour));
const canonical = (time: string) => time.replace("Z", ".000000Z");
const all = "SELECT * FROM pull_requests ORDER BY number";

withoutPauses();

describeOnPostgres("a pull request", (open) => {
	const db = emptyTables(open);

	it("T36: that was closed and reopened three times is open, and counts three reopenings", async () => {
		const cycles = [1, 3, 5].flatMap((hour) => [
			{ at: at(hour), kind: "closed" } as const,
			{ at: at(hour + 1), kind: "reopened" } as const,
		]);
		await using github = await worldOf([], { now: at(1.5) });
		github.app.addPull({ number: 1, createdAt: at(0), events: cycles });
		await goodTick(db(), github, pullsOnly);
		expect(await db().query(all)).toMatchObject([
			{ state: "closed", closed_at: canonical(at(1)), last_active_at: canonical(at(1)), reopened_count: 0 },
		]);
		github.clock.set(at(7));
		await goodTick(db(), github, pullsOnly);
		expect(await db().query(all)).toMatchObject([
			{ state: "open", merged: false, closed_at: null, last_active_at: canonical(at(6)), reopened_count: 3 },
		]);
	});

	it("T36: is stored as it stands: ready, on another base, of a deleted account, from a deleted fork, by a bot", async () => {
		await using github = await worldOf([], { now: at(0) });
		const ready = { at: at(2), kind: "ready_for_review" } as const;
		github.app.addPull({ number: 1, createdAt: at(0), isDraft: true, events: [ready] });
		const moved = { at: at(2), kind: "base_ref_changed", baseRef: "release" } as const;
		github.app.addPull({ number: 2, createdAt: at(0), events: [moved] });
		github.app.addPull({ number: 3, createdAt: at(0), author: null, head: { repo: null, ref: "fix" } });
		github.app.addPull({ number: 4, createdAt: at(0), author: "renovate[bot]" });
		await goodTick(db(), github, pullsOnly);
		expect(await db().query(all)).toMatchObject([{ draft: true }, { base_branch: "main" }, {}, {}]);
		github.clock.set(at(3));
		await goodTick(db(), github, pullsOnly);
		expect(await db().query(all)).toMatchObject([
			{ draft: false, author_is_bot: false },
			{ base_branch: "release" },
			{ author: null, author_is_bot: null, head_repository: null, head_branch: "fix" },
			{ author_is_bot: true },
		]);
	});

	it("T36: has a merge commit only once it is merged, though GitHub names a test merge before", async () => {
		await using github = await worldOf([], { now: at(1) });
		const mergeCommitSha = "f".repeat(40);
		github.app.addPull({ number: 1, createdAt: at(0), mergeCommitSha, events: [{ at: at(2), kind: "merged" }] });
		github.app.addPull({ number: 2, createdAt: at(0), events: [{ at: at(2), kind: "closed" }] });
		await goodTick(db(), github, pullsOnly);
		expect(await db().query(all)).toMatchObject([
			{ merged: false, merge_commit_sha: null },
			{ merged: false, merge_commit_sha: null },
		]);
		github.clock.set(at(3));
		await goodTick(db(), github, pullsOnly);
		expect(await db().query(all)).toMatchObject([
			{ state: "closed", merged: true, merged_at: canonical(at(2)), merge_commit_sha: mergeCommitSha },
			{ state: "closed", merged: false, merged_at: null, merge_commit_sha: null },
		]);
	});

	it("T37: is not lost among 150 that changed in one second, of which 50 did after they were listed", async () => {
		await using github = await worldOf([], { now: at(1) });
		const add = (from: number, to: number) => {
			for (let number = from; number <= to; number++) github.app.addPull({ number, createdAt: at(1) });
		};
		add(1, 100);
		await goodTick(db(), github, pullsOnly);
		add(101, 150);
		await goodTick(db(), github, pullsOnly);
		github.clock.set(at(7));
		await goodTick(db(), github, pullsOnly);
		expect(await db().query("SELECT count(*)::int AS count FROM pull_requests")).toEqual([{ count: 150 }]);
	});

	it("comes without lines, commits and reopenings if GraphQL is refused, with one warning for all of them", async () => {
		await using github = await worldOf([], { now: at(300) });
		for (let number = 1; number <= 150; number++) {
			github.app.addPull({
				number,
				createdAt: at(number),
				additions: 5,
				events: [{ at: at(number + 1), kind: "merged" }],
			});
		}
		const body = { message: "Resource not accessible by integration" };
		github.faults.script({ kind: "answer", status: 403, body }, { path: "/graphql" });
		const { warnings, targets } = await goodTick(db(), github, pullsOnly);
		expect(targets).toMatchObject([{ outcome: "done", counts: { inserted: 150 } }]);
		expect(warnings).toEqual([
			"acme/app: pull requests come without lines, commits and reopenings. GitHub answers 403 to /graphql: Resource not accessible by integration.",
		]);
		expect(github.requests.filter(({ path }) => path === "/graphql")).toHaveLength(1);
		const known = "SELECT count(*)::int AS rows, count(additions)::int AS with_lines FROM pull_requests WHERE merged";
		expect(await db().query(known)).toEqual([{ rows: 150, with_lines: 0 }]);
		// What was known once stays, should it be refused later.
		github.app.addPullEvent(1, { at: at(301), kind: "commented" });
		github.clock.set(at(302));
		await goodTick(db(), github, pullsOnly);
		github.app.addPullEvent(1, { at: at(303), kind: "commented" });
		github.clock.set(at(304));
		github.faults.script({ kind: "answer", status: 403, body }, { path: "/graphql" });
		await goodTick(db(), github, pullsOnly);
		expect(await db().query("SELECT additions, updated_at FROM pull_requests WHERE number = 1")).toEqual([
			{ additions: 5, updated_at: canonical(at(303)) },
		]);
	});

	it("T22: waits for the next hour if the points of GraphQL are used up, and then goes on where it was", async () => {
		await using github = await worldOf([], { now: at(500), validate: false });
		for (let number = 1; number <= 450; number++) github.app.addPull({ number, createdAt: at(number), additions: 5 });
		github.addToken("test-token", { graphqlLimit: 7 });
		expect((await goodTick(db(), github, pullsOnly)).targets).toMatchObject([{ outcome: "partial" }]);
		const known = "SELECT count(*)::int AS rows, count(additions)::int AS with_lines FROM pull_requests";
		expect(await db().query(known)).toEqual([{ rows: 300, with_lines: 300 }]);
		github.clock.advance(hours(1));
		expect((await goodTick(db(), github, pullsOnly)).targets).toMatchObject([{ outcome: "done" }]);
		expect(await db().query(known)).toEqual([{ rows: 450, with_lines: 450 }]);
	});

	it("that cannot be stored is one dead letter, however often and wherever it is listed, and costs no other", async () => {
		await using github = await worldOf([], { now: at(2) });
		for (let number = 1; number <= 5; number++) github.app.addPull({ number, createdAt: at(0) });
		github.app.addPull({ number: 6, createdAt: at(1), override: { updated_at: "yesterday" } });
		github.app.addPull({
			number: 7,
			createdAt: at(1),
			override: { title: "a\u0000b🚀", user: 7, head: null, base: "?" },
		});
		for (const hour of [2, 3, 4]) {
			github.clock.set(at(hour));
			github.app.addPull({ number: hour * 10, createdAt: at(hour) });
			await goodTick(db(), github, pullsOnly);
		}
		const numbers = await db().query<{ number: number }>("SELECT number FROM pull_requests ORDER BY number");
		expect(numbers.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 7, 20, 30, 40]);
		expect(await db().query("SELECT at FROM dead_letters")).toEqual([{ at: "pull request 6" }]);
		expect(await db().query("SELECT title, author, head_branch FROM pull_requests WHERE number = 7")).toEqual([
			{ title: "ab🚀", author: null, head_branch: null },
		]);
	});

	it("T38: from a fork, which no run of it names, is found by its head: commit, or repository and branch", async () => {
		const [older, newer] = ["a".repeat(40), "b".repeat(40)];
		const ofFork = (id: number, hour: number, headSha: string) => ({
			...single(id, at(hour), { endedAt: at(hour + 1) }),
			event: "pull_request",
			branch: "fix",
			headRepository: "stranger/app",
			headSha,
			pullRequests: [],
		});
		const elsewhere = { ...ofFork(3, 5, "c".repeat(40)), headRepository: "somebody/app" };
		await using github = await worldOf([ofFork(1, 1, older), ofFork(2, 3, newer), elsewhere], {
			now: later(start, days(1)),
		});
		const head = { repo: "stranger/app", ref: "fix", sha: newer };
		github.app.addPull({ number: 7, createdAt: at(1), author: "stranger", head });
		await goodTick(db(), github, { only: ["github:runs", "github:pulls"] });
		const joined = (condition: string) =>
			db().query(`SELECT github_run_id AS run, number AS pull FROM workflow_runs AS run JOIN pull_requests AS pull
ON run.repository_id = pull.repository_id AND ${condition} WHERE run.pull_requests = '[]' ORDER BY run`);
		expect(await joined("commit_sha = head_sha")).toEqual([{ run: 2, pull: 7 }]);
		expect(await joined("run.head_repository = pull.head_repository AND branch = head_branch")).toEqual([
			{ run: 1, pull: 7 },
			{ run: 2, pull: 7 },
		]);
	});
});
