import { type Context, EndedEarly, type Item, type Page, type Target } from "@tidemark/core";
import { z } from "zod";
import { GithubError } from "../api/errors.ts";
import { beginTurn, type Turn } from "../session.ts";
import type { GithubConfig } from "../settings.ts";
import { etagFor, etagOf, stableEtag } from "../stable-etag.ts";
import { trimmed } from "./entry.ts";
import { isBefore, Walk } from "./walk.ts";

export const commitsCursor = z.object({
	/** Everything it reaches is stored. */
	head: z.string().optional(),
	etag: stableEtag.optional(),
	/** A history that was not read to its end: the head it is the history of, and pages read so far. */
	open: z.object({ head: z.string(), pages: z.number() }).optional(),
});

export type CommitsCursor = z.infer<typeof commitsCursor>;

const perPage = 100;
const pageSize = 1000;
const named = z.object({ sha: z.string() });

/** The history of the default branch: the first time all of it, then what the branch reaches and is not stored. */
export async function* readCommits(
	target: Target,
	from: CommitsCursor = {},
	context: Context<GithubConfig>,
): AsyncIterable<Page<CommitsCursor>> {
	const turn = await beginTurn("github:commits", target, context);
	if (from.head === undefined) yield* readHistory(turn, from.open, context);
	else yield* readNew(turn, from, context);
}

/** A history never changes, so that a page of it is the same whenever it is asked for. */
async function* readHistory(
	turn: Turn,
	open: CommitsCursor["open"],
	{ floor, signal }: Context<GithubConfig>,
): AsyncIterable<Page<CommitsCursor>> {
	let head = open?.head;
	for (let page = (open?.pages ?? 0) + 1; ; page++) {
		const { rows } = await ask(turn, { page, ...(head === undefined ? {} : { sha: head }) }, signal);
		head ??= headOf(rows);
		if (head === undefined) return;
		const isLast = rows.length < perPage || isBefore(rows, floor);
		yield { items: itemsOf(rows, turn), cursor: isLast ? { head } : { open: { head, pages: page } } };
		if (isLast) return;
	}
}

async function* readNew(
	turn: Turn,
	{ head: known, etag }: CommitsCursor,
	{ floor, signal, workList }: Context<GithubConfig>,
): AsyncIterable<Page<CommitsCursor>> {
	const { client, repository } = turn;
	const first = await ask(turn, { page: 1 }, signal, etagFor(client, etag));
	const head = headOf(first.rows);
	// Undefined: nothing has changed, or nothing is left.
	if (head === undefined) return;
	const cursor = { head, ...etagOf(client, first.etag) };
	if (head === known) {
		if (first.etag !== etag?.value) yield { items: [], cursor };
		return;
	}
	const stored = new Set<string>();
	for await (const { sha } of workList("storedCommits", repository.id)) stored.add(sha);
	const walk = new Walk(stored);
	walk.add(first.rows);
	let pages = 1;
	try {
		for (let { rows } = first; walk.isOpen && rows.length === perPage && !isBefore(rows, floor); pages++) {
			({ rows } = await ask(turn, { page: pages + 1, sha: head }, signal));
			walk.add(rows);
		}
	} catch (error) {
		// A large push has used up the requests: from here on the next run reads it as it read the first history.
		if (error instanceof EndedEarly) yield { items: itemsOf(walk.found, turn), cursor: { open: { head, pages } } };
		throw error;
	}
	// Parents first, so that whatever is stored has its ancestors stored.
	const { found } = walk;
	for (let start = 0; start < found.length; start += pageSize) {
		yield { items: itemsOf(found.slice(start, start + pageSize), turn) };
	}
	yield { items: [], cursor };
}

async function ask(
	{ client, repository }: Turn,
	query: Readonly<Record<string, string | number>>,
	signal: AbortSignal,
	etag?: string,
): Promise<{ rows: readonly unknown[]; etag: string | undefined }> {
	try {
		const path = `/repos/${repository.name}/commits`;
		const answer = await client.get(path, { per_page: perPage, ...query }, { signal, etag });
		return { rows: answer.data === undefined ? [] : z.array(z.unknown()).parse(answer.data), etag: answer.etag };
	} catch (error) {
		// A repository without any commit answers 409.
		if (error instanceof GithubError && error.status === 409) return { rows: [], etag: undefined };
		throw error;
	}
}

function headOf(rows: readonly unknown[]): string | undefined {
	return named.safeParse(rows[0]).data?.sha;
}

function itemsOf(rows: readonly unknown[], { repository: { id, name } }: Turn): Item[] {
	return rows.map((commit) => ({
		at: `commit ${named.safeParse(commit).data?.sha ?? "without a name"}`,
		entry: { repository: { id, name }, commit: trimmed(commit) },
	}));
}
