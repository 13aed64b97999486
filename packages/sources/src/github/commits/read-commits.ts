import { type Context, EndedEarly, type Item, type Page } from "@tidemark/core";
import { z } from "zod";
import { type GetOptions, perPage, type StoredEtag, storedEtag } from "../api/client.ts";
import { GithubError } from "../api/failures.ts";
import type { Turn } from "../session.ts";
import type { GithubConfig } from "../settings.ts";
import { readField } from "../shapes.ts";
import { trimCommit } from "./entry.ts";
import { isBefore, Walk } from "./walk.ts";

export const commitsCursor = z.object({
	/** Everything it reaches is stored. */
	head: z.string().optional(),
	etag: storedEtag.optional(),
	/** A history that was not read to its end: the head it is the history of, and pages read so far. */
	open: z.object({ head: z.string(), pages: z.number() }).optional(),
});

export type CommitsCursor = z.infer<typeof commitsCursor>;

const pageSize = 1000;

/** The history of the default branch: the first time all of it, then what the branch reaches and is not stored. */
export function readCommits(
	turn: Turn,
	from: CommitsCursor = {},
	context: Context<GithubConfig>,
): AsyncIterable<Page<CommitsCursor>> {
	return from.head === undefined ? readHistory(turn, from.open, context) : readNew(turn, from, context);
}

/** A history never changes, so that a page of it is the same whenever it is asked for. */
async function* readHistory(
	turn: Turn,
	open: CommitsCursor["open"],
	{ floor, signal }: Context<GithubConfig>,
): AsyncIterable<Page<CommitsCursor>> {
	let head = open?.head;
	for (let page = (open?.pages ?? 0) + 1; ; page++) {
		const { rows } = await listCommits(turn, { page, ...(head === undefined ? {} : { sha: head }) }, { signal });
		head ??= readHead(rows);
		if (head === undefined) return;
		const isLast = rows.length < perPage || isBefore(rows, floor);
		yield { items: makeItems(rows, turn), cursor: isLast ? { head } : { open: { head, pages: page } } };
		if (isLast) return;
	}
}

async function* readNew(
	turn: Turn,
	{ head: known, etag }: CommitsCursor,
	{ floor, signal, workList }: Context<GithubConfig>,
): AsyncIterable<Page<CommitsCursor>> {
	const first = await listCommits(turn, { page: 1 }, { signal, etag });
	const head = readHead(first.rows);
	// Undefined: nothing has changed, or nothing is left.
	if (head === undefined) return;
	const cursor = { head, etag: first.etag };
	if (head === known) {
		if (first.etag?.value !== etag?.value) yield { items: [], cursor };
		return;
	}
	const stored = new Set<string>();
	for await (const { sha } of workList("storedCommits", turn.repository.id)) stored.add(sha);
	const walk = new Walk(stored);
	walk.add(first.rows);
	let pages = 1;
	try {
		for (let { rows } = first; walk.isOpen && rows.length === perPage && !isBefore(rows, floor); pages++) {
			({ rows } = await listCommits(turn, { page: pages + 1, sha: head }, { signal }));
			walk.add(rows);
		}
	} catch (error) {
		// A large push has used up the requests: from here on the next run reads it as it read the first history.
		if (error instanceof EndedEarly) yield { items: makeItems(walk.found, turn), cursor: { open: { head, pages } } };
		throw error;
	}
	// Parents first, so that whatever is stored has its ancestors stored.
	const { found } = walk;
	for (let start = 0; start < found.length; start += pageSize) {
		yield { items: makeItems(found.slice(start, start + pageSize), turn) };
	}
	yield { items: [], cursor };
}

/** One page of the history; without rows if nothing has changed since the ETag. */
export async function listCommits(
	{ client, repository }: Turn,
	query: Readonly<Record<string, string | number>>,
	options: GetOptions,
): Promise<{ readonly rows: readonly unknown[]; readonly etag: StoredEtag | undefined }> {
	try {
		const given = { per_page: perPage, ...query };
		const { data, etag } = await client.get(`/repos/${repository.name}/commits`, given, options);
		return { rows: z.array(z.unknown()).parse(data ?? []), etag };
	} catch (error) {
		// A repository without any commit answers 409.
		if (error instanceof GithubError && error.status === 409) return { rows: [], etag: undefined };
		throw error;
	}
}

function readHead(rows: readonly unknown[]): string | undefined {
	const sha = readField(rows[0], "sha");
	return typeof sha === "string" ? sha : undefined;
}

function makeItems(rows: readonly unknown[], { repository: { id, name } }: Turn): Item[] {
	return rows.map((commit) => ({
		at: `commit ${readField(commit, "sha") ?? "without a name"}`,
		entry: { repository: { id, name }, commit: trimCommit(commit) },
	}));
}
