import { type Ask, unreadable } from "./client.ts";
import { cappedRows, dayMs, type SpendLogs, TooManyRows } from "./window.ts";

const path = "/spend/logs";

/**
 * `GET /spend/logs` of older proxies: whole days, all rows at once, or the newest 10,000 and a header that says so. The
 * last day is compared with its midnight, so the day after is asked for.
 */
export function spendLogsByDay(ask: Ask): SpendLogs {
	return {
		smallestMs: dayMs,
		async *pages({ from, to }) {
			const query = { start_date: dayOf(from), end_date: dayOf(to + dayMs - 1), summarize: "false" };
			const { json, headers } = await ask(path, query);
			if (!Array.isArray(json)) throw unreadable(path);
			const isCut = headers.get("x-litellm-spend-logs-truncated") === "true";
			if ((isCut || json.length >= cappedRows) && to - from > dayMs) throw new TooManyRows();
			yield { at: `${path} ${query.start_date}`, rows: json, isCut };
		},
	};
}

function dayOf(ms: number): string {
	return new Date(ms).toISOString().slice(0, 10);
}
