import type { Queryable } from "@tidemark/db";
import { z } from "zod";
import { listPulls } from "../pulls/read-pulls.ts";
import { scan } from "../scan.ts";
import type { Turn } from "../session.ts";
import { type Comparison, compare, findLastCollection, type Scope, type Seen } from "./compare.ts";

const listedPull = z.object({
	number: z.number(),
	state: z.string(),
	updated_at: z.string(),
	closed_at: z.string().nullish(),
	merged_at: z.string().nullish(),
});

/** Every pull request that changed since a time: whether it is open, closed or merged. */
export async function verifyPulls(turn: Turn, { db, since, signal }: Scope): Promise<Comparison> {
	const listed = new Map<string, Seen>();
	const ask = (page: number) => listPulls(turn, page, { signal });
	for await (const { rows } of scan({ ask, downTo: since })) {
		for (const raw of rows) {
			const { data: pull } = listedPull.safeParse(raw);
			// One that was closed before is older than what is kept, whatever was said about it since.
			if (!pull || (pull.closed_at ?? pull.updated_at) < since) continue;
			const state = pull.merged_at ? "merged" : pull.state;
			listed.set(String(pull.number), { name: `pull request ${pull.number}`, state, changedAt: pull.updated_at });
		}
	}
	const stored = await readStored(db, turn.repository.id);
	return compare(listed, stored, await findLastCollection(db, "github:pulls", turn.repository.name));
}

async function readStored(db: Queryable, repositoryId: number): Promise<Map<string, string>> {
	const rows = await db.query<{ number: number; state: string | null; merged: boolean | null }>(
		"SELECT number, state, merged FROM pull_requests WHERE repository_id = $1",
		[repositoryId],
	);
	return new Map(rows.map(({ number, state, merged }) => [String(number), merged ? "merged" : (state ?? "")]));
}
