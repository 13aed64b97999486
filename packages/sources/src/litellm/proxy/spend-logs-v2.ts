import { TelemetryError } from "@tidemark/db";
import { firstText, listOf, objectOf } from "../../json/json-object.ts";
import { type Ask, unreadable } from "./client.ts";
import { cappedRows, type SpendLogs, TooManyRows, type Window } from "./window.ts";

const path = "/spend/logs/v2";

const smallestMs = 60_000;

/** The largest page, and that of older versions. */
const pageSizes = [1000, 100];

/**
 * `GET /spend/logs/v2`: pages, newest first. Its `total` ends at 10,000 and `total_pages` follows it, so only an empty page
 * is the end. While rows arrive pages shift, but only towards the end: a row may come twice and none is missed. Rows of
 * the same time stand in any order on each page, so that one between two pages may be missed: then fewer have come than
 * there are, and smaller windows are read.
 *
 * Undefined where the proxy is too old to have it.
 */
export async function spendLogsV2(ask: Ask): Promise<SpendLogs | undefined> {
	const now = Date.now();
	const size = await acceptedSize(ask, { from: now - 1000, to: now });
	if (size === undefined) return undefined;
	return {
		smallestMs,
		async *pages(window) {
			const canHalve = window.to - window.from > smallestMs;
			const ids = new Set<string | undefined>();
			let total = 0;
			let repetitions = 0;
			for (let page = 1; ; page++) {
				const { json } = await ask(path, { ...timesOf(window), page: String(page), page_size: String(size) });
				const answer = objectOf(json);
				if (!answer || !Array.isArray(answer.data)) throw unreadable(path);
				if (page === 1 && typeof answer.total === "number") total = answer.total;
				if (total >= cappedRows && canHalve) throw new TooManyRows();
				const rows = listOf(answer.data);
				if (rows.length === 0) break;
				const before = ids.size;
				for (const row of rows) ids.add(firstText(objectOf(row) ?? {}, "request_id"));
				repetitions = ids.size === before ? repetitions + 1 : 0;
				if (repetitions === 2) throw sameAgain();
				yield { at: `${path} ${timeOf(window.from)} page ${page}`, rows };
			}
			if (ids.size < total && canHalve) throw new TooManyRows();
		},
	};
}

async function acceptedSize(ask: Ask, window: Window): Promise<number | undefined> {
	for (const size of pageSizes) {
		const query = { ...timesOf(window), page: "1", page_size: String(size) };
		const { status } = await ask(path, query, [404, 405, 422]);
		if (status === 200) return size;
		if (status !== 422) return undefined;
	}
	return undefined;
}

function timesOf({ from, to }: Window) {
	return { start_date: timeOf(from), end_date: timeOf(to) };
}

/** `2026-07-25 11:20:00`, UTC. */
function timeOf(ms: number): string {
	return new Date(ms).toISOString().slice(0, 19).replace("T", " ");
}

function sameAgain(): TelemetryError {
	return new TelemetryError(`LiteLLM answers ${path} with the same rows again and again.`, {
		fix: "Update LiteLLM, or ingest its log files (LITELLM_LOG_PATH).",
	});
}
