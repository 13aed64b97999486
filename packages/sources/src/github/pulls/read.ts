import type { Context, Item, Page, Target } from "@tidemark/core";
import { z } from "zod";
import { GithubError } from "../api/errors.ts";
import { before } from "../moments.ts";
import { perPage, scan, timesOf } from "../scan.ts";
import { beginTurn, type Turn } from "../session.ts";
import type { GithubConfig } from "../settings.ts";
import { picked } from "../shapes.ts";
import { etagFor, etagOf, stableEtag } from "../stable-etag.ts";
import { type PullDetails, readDetails } from "./details.ts";
import { pullFields } from "./entry.ts";

export const pullsCursor = z.object({
	/** When the pull request that changed last had changed, of the last finished listing. */
	newest: z.string().optional(),
	etag: stableEtag.optional(),
	/** A listing that was not finished. */
	open: z
		.object({ top: z.string(), reached: z.string(), listed: z.number(), downTo: z.string().nullable() })
		.optional(),
});

export type PullsCursor = z.infer<typeof pullsCursor>;

/** GitHub's servers may be behind one another. */
const overlapMs = 5 * 60_000;
const numbered = z.object({ number: z.union([z.number(), z.string()]) });
const listedPull = z.object({ node_id: z.string(), updated_at: z.string() });

/** What changed last comes first in the list, so that it is read down to what had changed by the last time. */
export async function* readPulls(
	target: Target,
	from: PullsCursor = {},
	context: Context<GithubConfig>,
): AsyncIterable<Page<PullsCursor>> {
	const turn = await beginTurn("github:pulls", target, context);
	const { client, repository } = turn;
	const { open, etag, ...known } = from;
	const path = `/repos/${repository.name}/pulls`;
	let firstEtag: string | undefined;
	let top = open?.top ?? from.newest;
	const ask = async (page: number) => {
		const query = { state: "all", sort: "updated", direction: "desc", per_page: perPage, page };
		const isFirst = page === 1;
		const sent = isFirst && !open ? etagFor(client, etag) : undefined;
		const answer = await client.get(path, query, { signal: context.signal, etag: sent });
		if (isFirst) firstEtag = answer.etag ?? sent;
		// Undefined: nothing has changed, and there is nothing to read.
		const rows = answer.data === undefined ? [] : z.array(z.unknown()).parse(answer.data);
		return { rows, total: null, times: timesOf(rows, "updated_at") };
	};
	const details = detailsReader(turn, context);
	const downTo = open ? open.downTo : laterOf(from.newest && before(from.newest, overlapMs), context.floor);
	const skip = open && { top: open.top, from: before(open.top, overlapMs), to: open.reached, rows: open.listed };
	for await (const { rows, newest, reached, listed } of scan({ ask, downTo, skip })) {
		top = top === undefined || newest > top ? newest : top;
		const wanted = rows.filter(
			(row) => downTo === null || (listedPull.safeParse(row).data?.updated_at ?? "~") >= downTo,
		);
		const items = await itemsOf(wanted, turn, details);
		yield { items, cursor: { ...known, open: { top, reached, listed, downTo } } };
	}
	const cursor = { ...(top === undefined ? {} : { newest: top }), ...etagOf(client, firstEtag) };
	if (firstEtag !== etag?.value || open) yield { items: [], cursor };
}

type ReadDetails = (ids: readonly string[]) => Promise<ReadonlyMap<string, PullDetails>>;

/** Goes on without details where GitHub refuses them: GraphQL asks for a token, and a server may not have it. */
function detailsReader({ client, repository }: Turn, { signal, report }: Context<GithubConfig>): ReadDetails {
	let isRefused = client.tokenFingerprint === "none";
	return async (ids) => {
		if (isRefused || ids.length === 0) return new Map();
		try {
			return await readDetails(client, ids, signal);
		} catch (error) {
			if (!(error instanceof GithubError) || error.isPassing) throw error;
			isRefused = true;
			report.warn(`${repository.name}: pull requests come without lines, commits and reopenings. ${error.message}`);
			return new Map();
		}
	};
}

async function itemsOf(rows: readonly unknown[], { repository }: Turn, readDetails: ReadDetails): Promise<Item[]> {
	const idOf = (row: unknown) => listedPull.safeParse(row).data?.node_id;
	const details = await readDetails(rows.flatMap((row) => idOf(row) ?? []));
	return rows.map((pull) => ({
		at: `pull request ${numbered.safeParse(pull).data?.number ?? "without a number"}`,
		entry: {
			repository: { id: repository.id, name: repository.name },
			pull: picked(pull, pullFields),
			details: details.get(idOf(pull) ?? "") ?? null,
		},
	}));
}

function laterOf(left: string | undefined, right: string | null): string | null {
	if (left === undefined || right === null) return left ?? right;
	return left > right ? left : right;
}
