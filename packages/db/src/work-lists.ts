import type { Parameter, Queryable } from "./database.ts";

/** Work that follows from what is stored, read in pages by key so that a cursor need not remember it. */
interface WorkList<Item> {
	/** $1 is the repository, $2 the size of a page; then the key of the item after which to go on, null at first. */
	readonly statement: string;
	/** The key of an item, in the order of the statement's parameters. */
	keyOf(item: Item): readonly Parameter[];
	readonly keyLength: number;
}

/** An attempt of a run. */
export interface StoredAttempt {
	readonly githubRunId: number;
	readonly runAttempt: number;
	readonly runCreatedAt: string;
}

/** The list of work-lists; a new one is an entry here. All are read-only, newest work first. */
const workLists = {
	/** Attempts that were not completed when they were last looked at, and have not vanished since. */
	unfinishedRuns: {
		statement: `SELECT github_run_id AS "githubRunId", run_attempt AS "runAttempt", run_created_at AS "runCreatedAt"
FROM workflow_runs
WHERE repository = $1 AND status IS DISTINCT FROM 'completed' AND gone_at IS NULL
AND ($3::timestamptz IS NULL OR (run_created_at, github_run_id, run_attempt) < ($3::timestamptz, $4::bigint, $5::integer))
ORDER BY run_created_at DESC, github_run_id DESC, run_attempt DESC LIMIT $2`,
		keyOf: ({ runCreatedAt, githubRunId, runAttempt }: StoredAttempt) => [runCreatedAt, githubRunId, runAttempt],
		keyLength: 3,
	},
} satisfies Record<string, WorkList<never>>;

export type WorkListName = keyof typeof workLists;
export type WorkItem<Name extends WorkListName> = Parameters<(typeof workLists)[Name]["keyOf"]>[0];

const pageSize = 500;

/** The items of a work-list for one repository. Whoever works on them changes what is stored, never what is still to come. */
export async function* readWorkList<Name extends WorkListName>(
	db: Queryable,
	name: Name,
	repository: string,
): AsyncIterable<WorkItem<Name>> {
	const list: WorkList<WorkItem<Name>> = workLists[name];
	let after: readonly Parameter[] = Array.from({ length: list.keyLength }, () => null);
	for (;;) {
		const items = await db.query<WorkItem<Name>>(list.statement, [repository, pageSize, ...after]);
		yield* items;
		const last = items.at(-1);
		if (!last || items.length < pageSize) return;
		after = list.keyOf(last);
	}
}
