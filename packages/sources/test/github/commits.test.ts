import { describeOnPostgres, emptyTables } from "@tidemark/db/testing";
import { expect, it } from "vitest";
import { start } from "./busy-world.ts";
import { goodTick, tick } from "./tick.ts";
import { days, hours, later } from "./truth.ts";
import { type AcmeWorld, worldOf } from "./world-of.ts";

const commitsOnly = { only: ["github:commits"] };
const onDay = (day: number) => later(start, days(day));

describeOnPostgres("a commit of the default branch", (open) => {
	const db = emptyTables(open);
	const stored = async () =>
		(await db().query<{ sha: string }>("SELECT sha FROM commits")).map(({ sha }) => sha).sort();

	/** A history of 250 commits, one an hour, which are stored. */
	async function collectedWorld(): Promise<AcmeWorld & { readonly history: readonly string[] }> {
		const github = await worldOf([], { now: onDay(20) });
		const history = Array.from({ length: 250 }, (_, hour) =>
			github.app.addCommit({ committedAt: later(start, hours(hour)) }),
		);
		await goodTick(db(), github, commitsOnly);
		expect(await stored()).toEqual(history.toSorted());
		return { ...github, history };
	}

	async function collectOnDay(github: AcmeWorld, day: number): Promise<number> {
		github.clock.set(onDay(day));
		const begun = github.requests.length;
		await goodTick(db(), github, commitsOnly);
		return github.requests.length - begun;
	}

	it("of a push that takes more requests than one run has is stored by the next ones, each of which gets further", async () => {
		await using github = await collectedWorld();
		const pushed = Array.from({ length: 700 }, () => github.app.addCommit({ committedAt: onDay(20.5) }));
		github.clock.set(onDay(21));
		const flags = { "max-requests": "4" };
		const outcomes: (string | undefined)[] = [];
		while (outcomes.at(-1) !== "done" && outcomes.length < 6) {
			outcomes.push((await tick(db(), github, { ...commitsOnly, flags })).targets[0]?.outcome);
		}
		expect(outcomes).toEqual(["partial", "partial", "partial", "done"]);
		expect(await stored()).toEqual([...github.history, ...pushed].sort());
	});

	it("T39: that was ten days old when its branch was merged is stored, with everything else of the branch", async () => {
		await using github = await collectedWorld();
		const [base] = github.history.slice(120);
		const first = github.app.addCommit({ branch: "late", parents: [base ?? ""], committedAt: onDay(10.6) });
		const second = github.app.addCommit({ branch: "late", committedAt: onDay(11) });
		const top = github.history.at(-1) ?? "";
		const merge = github.app.addCommit({ parents: [top, second], committedAt: onDay(21), message: "Merge late" });
		await collectOnDay(github, 21.1);
		expect(await stored()).toEqual([...github.history, first, second, merge].sort());
		expect(await db().query("SELECT parent_count FROM commits WHERE sha = $1", [merge])).toEqual([{ parent_count: 2 }]);
	});

	it("T39: that was rebased and force-pushed is stored under its new name, and the old one stays", async () => {
		await using github = await collectedWorld();
		let parent = github.history[237];
		const rebased = Array.from({ length: 12 }, (_, index) => {
			// A rebase keeps the author's date; here, as some tools do, the committer's too.
			const committedAt = later(start, hours(238 + index));
			parent = github.app.addCommit({ parents: [parent ?? ""], committedAt, reachableFrom: null });
			return parent;
		});
		github.app.setHead(parent ?? "", { at: onDay(20.5) });
		await collectOnDay(github, 21);
		expect(await stored()).toEqual([...github.history, ...rebased].sort());
		// And from the new head on it goes on as before.
		const next = github.app.addCommit({ committedAt: onDay(22) });
		expect(await collectOnDay(github, 22.1)).toBe(2);
		expect(await stored()).toContain(next);
	});

	it("T39: that was squashed is one, and those of its branch are none of the default branch's", async () => {
		await using github = await collectedWorld();
		const top = github.history.at(-1) ?? "";
		github.app.addCommit({ branch: "feature", parents: [top], committedAt: onDay(20.1) });
		github.app.addCommit({ branch: "feature", committedAt: onDay(20.2) });
		const message = "One feature (#7)\n\n* first\n* second\n\nCo-authored-by: Somebody <somebody@example.com>";
		const squash = github.app.addCommit({ parents: [top], committedAt: onDay(20.5), message });
		await collectOnDay(github, 21);
		expect(await stored()).toEqual([...github.history, squash].sort());
		expect(await db().query("SELECT title FROM commits WHERE sha = $1", [squash])).toEqual([
			{ title: "One feature (#7)" },
		]);
	});

	it("T39: is not lost among 230 of the same second, nor on the second page of a push", async () => {
		await using github = await collectedWorld();
		const pushed = Array.from({ length: 230 }, () =>
			github.app.addCommit({ committedAt: onDay(15), reachableFrom: onDay(20.5) }),
		);
		expect(await collectOnDay(github, 21)).toBe(4);
		expect(await stored()).toEqual([...github.history, ...pushed].sort());
	});

	it("T39: may have a name of SHA-256, no account, and an author's clock that is wrong; the committer's has to be right", async () => {
		await using github = await worldOf([], { now: onDay(1) });
		const sha = "9".repeat(64);
		github.app.addCommit({ committedAt: "1999-12-31T23:59:59Z", reachableFrom: start });
		const message = `\u0000🚀${"x".repeat(300)}`;
		github.app.addCommit({ sha, committedAt: start, authoredAt: "2095-01-01T00:00:00Z", author: null, message });
		const beginning = { ...commitsOnly, since: "1900-01-01T00:00:00.000000Z" };
		const { targets } = await goodTick(db(), github, beginning);
		expect(targets).toMatchObject([{ counts: { inserted: 1, rejected: 1 } }]);
		expect(await db().query("SELECT sha, author, author_name, authored_at, title FROM commits")).toEqual([
			{ sha, author: null, author_name: "Unknown", authored_at: null, title: message.slice(1) },
		]);
		const [letter] = await db().query<{ reason: string }>("SELECT reason FROM dead_letters");
		expect(letter?.reason).toContain("1999-12-31T23:59:59Z is before 2015");
	});

	it("keeps neither e-mail addresses nor the rest of its message, not even as a dead letter", async () => {
		await using github = await worldOf([], { now: onDay(1) });
		const message = "Title\n\nA secret in the body";
		github.app.addCommit({ committedAt: start, message });
		const person = { name: "Somebody", email: "somebody@example.com", date: "soon" };
		github.app.addCommit({ committedAt: start, override: { commit: { message, author: person, committer: person } } });
		const { targets } = await goodTick(db(), github, commitsOnly);
		expect(targets).toMatchObject([{ counts: { inserted: 1, rejected: 1 } }]);
		const kept = await db().query(
			"SELECT (SELECT json_agg(c) FROM commits c)::text || (SELECT json_agg(d) FROM dead_letters d)::text AS text",
		);
		expect(JSON.stringify(kept)).toMatch(/Title/);
		expect(JSON.stringify(kept)).not.toMatch(/@example|secret/);
	});
});
