import type { SpendLog } from "./spend-log.ts";

/** An answer before it is sent. */
export interface Answer {
	readonly status: number;
	readonly headers?: Readonly<Record<string, string>>;
	readonly body: unknown;
}

/** `SPEND_LOGS_PAGINATION_COUNT_CAP` in litellm/proxy/spend_tracking/spend_management_endpoints.py */
const cap = 10_000;

/**
 * `GET /spend/logs`: all rows of some days, newest first, cut to the newest 10,000. The end is compared as that day's
 * midnight, so the day itself is missing but for its first instant. Without `summarize=false` it answers sums by day.
 */
export function spendLogs(rows: readonly SpendLog[], query: URLSearchParams): Answer {
	const [start, end] = [dayOf(query.get("start_date")), dayOf(query.get("end_date"))];
	if (start === undefined || end === undefined)
		return failure(500, "/spend/logs Error: time data does not match format");
	const found = within(rows, start, end);
	if (query.get("summarize") !== "false") return { status: 200, body: sumsByDay(found) };
	const isCut = found.length > cap;
	return {
		status: 200,
		headers: isCut ? { "x-litellm-spend-logs-truncated": "true" } : {},
		body: found.slice(0, cap),
	};
}

/**
 * `GET /spend/logs/v2`: pages of the rows of a window, newest first. The total ends at 10,000 and the number of pages with
 * it, though further pages are answered.
 */
export function spendLogsV2(rows: readonly SpendLog[], query: URLSearchParams, maxPageSize: number): Answer {
	const page = Number(query.get("page") ?? 1);
	const size = Number(query.get("page_size") ?? 50);
	if (!(size >= 1 && size <= maxPageSize)) return tooLarge(query.get("page_size"), maxPageSize);
	const [start, end] = [timeOf(query.get("start_date")), timeOf(query.get("end_date"))];
	if (start === undefined || end === undefined) return failure(400, "Start date and end date are required");
	const found = within(rows, start, end);
	const total = Math.min(found.length, cap);
	return {
		status: 200,
		body: {
			data: found.slice((page - 1) * size, page * size),
			total,
			page,
			page_size: size,
			total_pages: Math.ceil(total / size),
			total_is_capped: found.length > cap,
		},
	};
}

function within(rows: readonly SpendLog[], start: number, end: number): SpendLog[] {
	return rows
		.filter(({ startTime }) => Date.parse(startTime) >= start && Date.parse(startTime) <= end)
		.sort((left, right) => Date.parse(right.startTime) - Date.parse(left.startTime));
}

function sumsByDay(rows: readonly SpendLog[]): unknown[] {
	const days = Map.groupBy(rows, ({ startTime }) => startTime.slice(0, 10));
	return [...days].map(([startTime, ofDay]) => ({
		startTime,
		spend: ofDay.reduce((sum, { spend }) => sum + Number(spend), 0),
		users: {},
		models: {},
	}));
}

function dayOf(text: string | null): number | undefined {
	return text !== null && /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : undefined;
}

function timeOf(text: string | null): number | undefined {
	if (text === null || !/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text)) return dayOf(text);
	return Date.parse(`${text.replace(" ", "T")}Z`);
}

/** As FastAPI refuses a parameter. */
function tooLarge(input: string | null, limit: number): Answer {
	const msg = `Input should be less than or equal to ${limit}`;
	const detail = [{ type: "less_than_equal", loc: ["query", "page_size"], msg, input, ctx: { le: limit } }];
	return { status: 422, body: { detail } };
}

/** As LiteLLM's ProxyException is written. */
export function failure(status: number, message: string, type = "internal_error"): Answer {
	return { status, body: { error: { message, type, param: "None", code: String(status) } } };
}
