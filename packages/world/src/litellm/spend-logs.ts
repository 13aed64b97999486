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
export function answerSpendLogs(rows: readonly SpendLog[], query: URLSearchParams): Answer {
	const [start, end] = [parseDay(query.get("start_date")), parseDay(query.get("end_date"))];
	if (start === undefined || end === undefined)
		return formatFailure(500, "/spend/logs Error: time data does not match format");
	const found = within(rows, start, end);
	if (query.get("summarize") !== "false") return { status: 200, body: sumByDay(found) };
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
export function answerSpendLogsV2(rows: readonly SpendLog[], query: URLSearchParams, maxPageSize: number): Answer {
	const page = Number(query.get("page") ?? 1);
	const size = Number(query.get("page_size") ?? 50);
	if (!(size >= 1 && size <= maxPageSize)) return refuseSize(query.get("page_size"), maxPageSize);
	const [start, end] = [parseMoment(query.get("start_date")), parseMoment(query.get("end_date"))];
	if (start === undefined || end === undefined) return formatFailure(400, "Start date and end date are required");
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

function sumByDay(rows: readonly SpendLog[]): unknown[] {
	const spends = new Map<string, number>();
	for (const { startTime, spend } of rows) {
		const day = startTime.slice(0, 10);
		spends.set(day, (spends.get(day) ?? 0) + Number(spend));
	}
	return [...spends].map(([startTime, spend]) => ({ startTime, spend, users: {}, models: {} }));
}

function parseDay(text: string | null): number | undefined {
	return text !== null && /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : undefined;
}

function parseMoment(text: string | null): number | undefined {
	if (text === null || !/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text)) return parseDay(text);
	return Date.parse(`${text.replace(" ", "T")}Z`);
}

/** A refusal of a parameter in FastAPI's form. */
function refuseSize(input: string | null, limit: number): Answer {
	const msg = `Input should be less than or equal to ${limit}`;
	const detail = [{ type: "less_than_equal", loc: ["query", "page_size"], msg, input, ctx: { le: limit } }];
	return { status: 422, body: { detail } };
}

/** A refusal in the form of LiteLLM's ProxyException. */
export function formatFailure(status: number, message: string, type = "internal_error") {
	return { status, body: { error: { message, type, param: "None", code: String(status) } } };
}
