import { TooMuch, type Window } from "@tidemark/core";
import { TelemetryError } from "@tidemark/db";
import { findText, toList, toObject } from "../../json/json-object.ts";
import { type Ask, notSpendLogs } from "./client.ts";

/** One of the two ways in which a proxy hands out its spend logs. */
export interface SpendLogs {
	/** Smaller windows make no difference; in milliseconds. */
	readonly minMs: number;
	/**
	 * Reads the rows of a window in pages, with where they stood.
	 * @throws TooMuch if the window can be halved and has to be
	 */
	readPages(window: Window, canBeHalved: boolean): AsyncIterable<RowPage>;
}

export interface RowPage {
	readonly at: string;
	readonly rows: readonly unknown[];
	/** The proxy left rows out. */
	readonly isCut?: boolean;
}

export const dayMs = 24 * 60 * 60 * 1000;

/** From this many rows on a proxy caps its totals, or cuts its answer. */
const maxRows = 10_000;

/** Opens the spend logs in the newest way that the proxy knows. */
export async function openSpendLogs(ask: Ask): Promise<SpendLogs> {
	const size = await findPageSize(ask);
	return size === undefined ? spendLogsByDay(ask) : spendLogsByPage(ask, size);
}

const pagesPath = "/spend/logs/v2";

/**
 * `GET /spend/logs/v2`: pages, newest first. Its `total` ends at 10,000 and `total_pages` follows it, so only an empty page
 * is the end. While rows arrive pages shift, but only towards the end: a row may come twice and none is missed. Rows of
 * the same time stand in any order on each page, so that one between two pages may be missed: then fewer have come than
 * there are, and smaller windows are read.
 */
function spendLogsByPage(ask: Ask, size: number): SpendLogs {
	return {
		minMs: 60_000,
		async *readPages(window, canBeHalved) {
			const ids = new Set<string | undefined>();
			let total = 0;
			let repetitions = 0;
			for (let page = 1; ; page++) {
				const { json } = await ask(pagesPath, toQuery(window, page, size));
				const answer = toObject(json);
				if (!answer || !Array.isArray(answer.data)) throw notSpendLogs(pagesPath);
				if (page === 1 && typeof answer.total === "number") total = answer.total;
				if (total >= maxRows && canBeHalved) throw new TooMuch();
				const rows = toList(answer.data);
				if (rows.length === 0) break;
				const before = ids.size;
				for (const row of rows) ids.add(findText(toObject(row) ?? {}, "request_id"));
				repetitions = ids.size === before ? repetitions + 1 : 0;
				if (repetitions === 2) {
					throw new TelemetryError(`LiteLLM answers ${pagesPath} with the same rows again and again.`, {
						fix: "Update LiteLLM, or ingest its log files (LITELLM_LOG_PATH).",
					});
				}
				yield { at: `${pagesPath} ${formatTime(window.from)} page ${page}`, rows };
			}
			if (ids.size < total && canBeHalved) throw new TooMuch();
		},
	};
}

/** The largest page that the proxy accepts, an older one less; undefined if it is too old to have pages. */
async function findPageSize(ask: Ask): Promise<number | undefined> {
	const now = Date.now();
	for (const size of [1000, 100]) {
		const { status } = await ask(pagesPath, toQuery({ from: now - 1000, to: now }, 1, size), [404, 405, 422]);
		if (status === 200) return size;
		if (status !== 422) return undefined;
	}
	return undefined;
}

function toQuery({ from, to }: Window, page: number, size: number) {
	return { start_date: formatTime(from), end_date: formatTime(to), page: String(page), page_size: String(size) };
}

/** `2026-07-25 11:20:00`, UTC. */
function formatTime(ms: number): string {
	return new Date(ms).toISOString().slice(0, 19).replace("T", " ");
}

const daysPath = "/spend/logs";

/**
 * `GET /spend/logs` of older proxies: whole days, all rows at once, or the newest 10,000 and a header that says so. The
 * last day is compared with its midnight, so the day after is asked for.
 */
function spendLogsByDay(ask: Ask): SpendLogs {
	const formatDay = (ms: number) => new Date(ms).toISOString().slice(0, 10);
	return {
		minMs: dayMs,
		async *readPages({ from, to }, canBeHalved) {
			const query = { start_date: formatDay(from), end_date: formatDay(to + dayMs - 1), summarize: "false" };
			const { json, headers } = await ask(daysPath, query);
			if (!Array.isArray(json)) throw notSpendLogs(daysPath);
			const isCut = headers.get("x-litellm-spend-logs-truncated") === "true";
			if ((isCut || json.length >= maxRows) && canBeHalved) throw new TooMuch();
			yield { at: `${daysPath} ${query.start_date}`, rows: json, isCut };
		},
	};
}
