import type { Context, Item, Page } from "@tidemark/core";
import { z } from "zod";
import { type GetOptions, perPage, type StoredEtag, storedEtag } from "../api/client.ts";
import { GithubError } from "../api/failures.ts";
import { type ListPage, readTimes, scan } from "../scan.ts";
import type { Turn } from "../session.ts";
import type { GithubConfig } from "../settings.ts";
import { pickFields, readField, subtractMs } from "../shapes.ts";
import { pullFields } from "./entry.ts";
import { fetchDetails, type PullDetails } from "./fetch-details.ts";

export const pullsCursor = z.object({
	/** When the pull request that changed last had changed, of the last finished listing. */
	newest: z.string().optional(),
	etag: storedEtag.optional(),
	/** A listing that was not finished. */
	open: z
		.object({ top: z.string(), reached: z.string(), listed: z.number(), downTo: z.string().nullable() })
		.optional(),
});

export type PullsCursor = z.infer<typeof pullsCursor>;

/** GitHub's servers may be behind one another. */
const overlapMs = 5 * 60_000;

/** What changed last comes first in the list, so that it is read down to what had changed by the last time. */
export async function* readPulls(
	turn: Turn,
	from: PullsCursor = {},
	context: Context<GithubConfig>,
): AsyncIterable<Page<PullsCursor>> {
	const { floor, signal } = context;
	const { open, etag, ...known } = from;
	let firstEtag: StoredEtag | undefined;
	let top = open?.top ?? from.newest;
	const ask = async (page: number) => {
		const answer = await listPulls(turn, page, { signal, etag: page === 1 && !open ? etag : undefined });
		if (page === 1) firstEtag = answer.etag;
		return answer;
	};
	const details = openDetails(turn, context);
	const limits = [from.newest && subtractMs(from.newest, overlapMs), floor].filter((time) => time != null);
	const downTo = open ? open.downTo : (limits.sort().at(-1) ?? null);
	const skip = open && { top: open.top, from: subtractMs(open.top, overlapMs), to: open.reached, rows: open.listed };
	for await (const { rows, newest, reached, listed } of scan({ ask, downTo, skip })) {
		top = top === undefined || newest > top ? newest : top;
		const wanted = rows.filter((row) => downTo === null || String(readField(row, "updated_at")) >= downTo);
		const items = await makeItems(wanted, turn, details);
		yield { items, cursor: { ...known, open: { top, reached, listed, downTo } } };
	}
	if (firstEtag?.value !== etag?.value || open) yield { items: [], cursor: { newest: top, etag: firstEtag } };
}

/** One page of the list; without rows if nothing has changed since the ETag. */
export async function listPulls(
	{ client, repository }: Turn,
	page: number,
	options: GetOptions,
): Promise<ListPage & { readonly etag: StoredEtag | undefined }> {
	const query = { state: "all", sort: "updated", direction: "desc", per_page: perPage, page };
	const { data, etag } = await client.get(`/repos/${repository.name}/pulls`, query, options);
	const rows = z.array(z.unknown()).parse(data ?? []);
	return { rows, total: null, times: readTimes(rows, "updated_at"), etag };
}

type FetchDetails = (ids: readonly string[]) => Promise<ReadonlyMap<string, PullDetails>>;

/** Goes on without details if GitHub refuses them: GraphQL asks for a token, and a server may not have it. */
function openDetails({ client, repository }: Turn, { signal, report }: Context<GithubConfig>): FetchDetails {
	let isRefused = !client.hasToken;
	return async (ids) => {
		if (isRefused || ids.length === 0) return new Map();
		try {
			return await fetchDetails(client, ids, signal);
		} catch (error) {
			if (!(error instanceof GithubError) || error.isPassing) throw error;
			isRefused = true;
			report.warn(`${repository.name}: pull requests come without lines, commits and reopenings. ${error.message}`);
			return new Map();
		}
	};
}

async function makeItems(rows: readonly unknown[], { repository }: Turn, fetchDetails: FetchDetails): Promise<Item[]> {
	const ids = rows.map((row) => readField(row, "node_id"));
	const details = await fetchDetails(ids.filter((id) => typeof id === "string"));
	return rows.map((pull) => ({
		at: `pull request ${readField(pull, "number") ?? "without a number"}`,
		entry: {
			repository: { id: repository.id, name: repository.name },
			pull: pickFields(pull, pullFields),
			details: details.get(String(readField(pull, "node_id"))) ?? null,
		},
	}));
}
