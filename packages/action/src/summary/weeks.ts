import type { Queryable } from "@tidemark/db";
import { databaseNow } from "@tidemark/db";
import { type Overview, overview } from "@tidemark/stats";

/** The seven days before now, and the seven before them. */
export interface Weeks {
	/** In days. */
	readonly now: Overview;
	readonly before: Overview;
	/** The models of the seven days before now. */
	readonly models: Overview["llm"]["groups"];
}

const weekMs = 7 * 86_400_000;

/** By the database's clock, in UTC. */
export async function readWeeks(db: Queryable): Promise<Weeks> {
	const now = Date.parse(await databaseNow(db));
	const [since, sinceBefore] = [instant(now - weekMs), instant(now - 2 * weekMs)];
	const current = await overview(db, { since, by: "day" });
	return {
		now: current,
		before: await overview(db, { since: sinceBefore, until: since }),
		models: current.llm.total.calls === 0 ? [] : (await overview(db, { since, by: "model" })).llm.groups,
	};
}

function instant(ms: number): string {
	return new Date(ms).toISOString().replace("Z", "000Z");
}
