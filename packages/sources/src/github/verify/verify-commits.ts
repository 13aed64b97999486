import { z } from "zod";
import { perPage } from "../api/client.ts";
import { listCommits } from "../commits/read-commits.ts";
import type { Turn } from "../session.ts";
import { type Comparison, compare, findLastCollection, type Scope, type Seen } from "./compare.ts";

const listedCommit = z.object({
	sha: z.string(),
	commit: z.object({ committer: z.object({ date: z.string() }).nullish() }),
});

/** Every commit of the default branch since a time. GitHub does not say when one was pushed: its own date has to do. */
export async function verifyCommits(turn: Turn, { db, since, signal }: Scope): Promise<Comparison> {
	const listed = new Map<string, Seen>();
	for (let page = 1; ; page++) {
		const { rows } = await listCommits(turn, { page, since }, { signal });
		for (const raw of rows) {
			const { data } = listedCommit.safeParse(raw);
			if (!data) continue;
			const changedAt = data.commit.committer?.date ?? null;
			listed.set(data.sha, { name: `commit ${data.sha}`, state: "", changedAt });
		}
		if (rows.length < perPage) break;
	}
	const stored = await db.query<{ sha: string }>("SELECT sha FROM commits WHERE repository_id = $1", [
		turn.repository.id,
	]);
	const known = new Map(stored.map(({ sha }) => [sha, ""]));
	return compare(listed, known, await findLastCollection(db, "github:commits", turn.repository.name));
}
