import { type Queryable, readWorkList } from "@tidemark/db";

/** How many finished attempts still wait for their jobs, which a budget of requests fetches over several runs. */
export async function countAttemptsLeft(db: Queryable): Promise<number> {
	const repositories = await db.query<{ id: number }>("SELECT repository_id AS id FROM repositories");
	let count = 0;
	for (const { id } of repositories) {
		for await (const _ of readWorkList(db, "attemptsWithoutJobs", id)) count++;
	}
	return count;
}
