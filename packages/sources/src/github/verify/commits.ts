import { z } from "zod";
import { GithubError } from "../api/errors.ts";
import type { Turn } from "../session.ts";
import { type Comparison, compare, type Seen } from "./compare.ts";
import { collectedAt } from "./runs.ts";
import type { Scope } from "./scope.ts";

const perPage = 100;
const listedCommit = z.object({
	sha: z.string(),
	commit: z.object({ committer: z.object({ date: z.string() }).nullish() }),
});

/** Every commit of the default branch since a time. GitHub does not say when one was pushed: its own date has to do. */
export async function verifyCommits({ client, repository }: Turn, { db, since, signal }: Scope): Promise<Comparison> {
	const listed = new Map<string, Seen>();
	for (let page = 1; ; page++) {
		const rows = await ask(page);
		for (const raw of rows) {
			const { data } = listedCommit.safeParse(raw);
			if (!data) continue;
			const changedAt = data.commit.committer?.date ?? null;
			listed.set(data.sha, { name: `commit ${data.sha}`, state: "", changedAt });
		}
		if (rows.length < perPage) break;
	}
	const stored = await db.query<{ sha: string }>("SELECT sha FROM commits WHERE repository_id = $1", [repository.id]);
	const known = new Map(stored.map(({ sha }) => [sha, ""]));
	return compare(listed, known, await collectedAt(db, "github:commits", repository.name));

	async function ask(page: number): Promise<unknown[]> {
		try {
			const query = { per_page: perPage, page, since };
			const { data } = await client.get(`/repos/${repository.name}/commits`, query, { signal });
			return z.array(z.unknown()).parse(data);
		} catch (error) {
			if (error instanceof GithubError && error.status === 409) return [];
			throw error;
		}
	}
}
