import { describeOnPostgres, emptyTables } from "@tidemark/db/testing";
import { expect, it } from "vitest";
import { start } from "./busy-world.ts";
import { requestsSince } from "./requests.ts";
import { goodTick } from "./tick.ts";
import { days, hours, later } from "./truth.ts";
import { type AcmeWorld, worldOf } from "./world-of.ts";

const now = later(start, days(10));
const written =
	"SELECT (SELECT max(changed_at) FROM pull_requests) AS pulls, (SELECT max(changed_at) FROM commits) AS commits";

describeOnPostgres("the ETag of a list", (open) => {
	const db = emptyTables(open);

	/** 150 pull requests and 150 commits, so that each list has a second page. */
	async function busyWorld(): Promise<AcmeWorld> {
		const github = await worldOf([], { now });
		for (let number = 1; number <= 150; number++) {
			github.app.addPull({ number, createdAt: later(start, hours(number)) });
			github.app.addCommit({ committedAt: later(start, hours(number)) });
		}
		github.addToken("other-token");
		return github;
	}

	async function collect(github: AcmeWorld, token: string) {
		const begun = github.requests.length;
		const only = ["github:pulls", "github:commits"];
		const { targets } = await goodTick(db(), github, { only, flags: { "github-token": token } });
		expect(github.violations).toEqual([]);
		const lists = requestsSince(github, begun).filter(({ path }) => /pulls$|commits$/.test(path));
		return {
			asked: lists.map(({ path, query, status, headers }) => {
				const sent = headers["if-none-match"] ? " with its ETag" : "";
				return `${status} ${path.split("/").at(-1)} ${query.page}${sent}`;
			}),
			counts: targets.map(({ counts }) => counts.read),
		};
	}

	it("T25: is sent by the same token only: what has not changed costs nothing and touches no row", async () => {
		await using github = await busyWorld();
		await collect(github, "test-token");
		await collect(github, "test-token");
		const before = await db().query(written);
		expect(await collect(github, "test-token")).toEqual({
			asked: ["304 pulls 1 with its ETag", "304 commits 1 with its ETag"],
			counts: [0, 0],
		});
		expect(await db().query(written)).toEqual(before);
		const other = await collect(github, "other-token");
		expect(other.asked).toEqual(["200 pulls 1", "200 commits 1"]);
		// Theirs is kept now; the first one has to begin again.
		expect((await collect(github, "other-token")).asked).toEqual([
			"304 pulls 1 with its ETag",
			"304 commits 1 with its ETag",
		]);
		expect((await collect(github, "test-token")).asked).toEqual(["200 pulls 1", "200 commits 1"]);
	});

	it("T26: is that of the first page, and is never sent for the second", async () => {
		await using github = await busyWorld();
		await collect(github, "test-token");
		await collect(github, "test-token");
		for (let number = 1; number <= 130; number++) {
			github.app.addPullEvent(number, { at: now, kind: "commented" });
			github.app.addCommit({ committedAt: later(now, number * 1000 - hours(1)) });
		}
		github.clock.advance(hours(6));
		expect((await collect(github, "test-token")).asked).toEqual([
			"200 pulls 1 with its ETag",
			"200 pulls 2",
			"200 commits 1 with its ETag",
			"200 commits 2",
		]);
		const counts =
			"SELECT (SELECT count(*)::int FROM commits) AS commits, count(*)::int AS changed FROM pull_requests WHERE updated_at = $1";
		expect(await db().query(counts, [now])).toEqual([{ commits: 280, changed: 130 }]);
	});
});
