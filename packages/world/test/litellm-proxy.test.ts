import { expect, it } from "vitest";
import { createSpendLog, type LitellmProxyOptions, type SpendLog, startLitellmProxy } from "../src/litellm/index.ts";

/** One row in each second from midnight on. */
function makeRows(count: number): SpendLog[] {
	const midnight = Date.UTC(2026, 6, 25);
	return Array.from({ length: count }, (_, index) =>
		createSpendLog({ id: `call-${index}`, startedAt: new Date(midnight + index * 1000).toISOString() }),
	);
}

async function get(options: LitellmProxyOptions, path: string, headers: Readonly<Record<string, string>> = {}) {
	await using proxy = await startLitellmProxy(options);
	const response = await fetch(`${proxy.url}${path}`, { headers });
	return { status: response.status, headers: response.headers, body: await response.json() };
}

const day = "start_date=2026-07-25%2000:00:00&end_date=2026-07-26%2000:00:00";

it("answers nobody without its key", async () => {
	const path = `/spend/logs/v2?${day}`;
	expect((await get({ key: "sk-right" }, path)).status).toBe(401);
	expect((await get({ key: "sk-right" }, path, { authorization: "Bearer sk-wrong" })).status).toBe(401);
	expect((await get({ key: "sk-right" }, path, { authorization: "Bearer sk-right" })).status).toBe(200);
});

it("pages newest first and ends its total, but not its pages, at 10,000", async () => {
	const { body } = await get({ rows: makeRows(10_003) }, `/spend/logs/v2?${day}&page=11&page_size=1000`);
	expect(body).toMatchObject({ total: 10_000, total_pages: 10, page: 11, total_is_capped: true });
	expect(body).toHaveProperty("data.length", 3);
	expect(body).toMatchObject({ data: ["call-2", "call-1", "call-0"].map((id) => ({ request_id: id })) });
});

it("refuses pages of more than a thousand rows, an old one of more than a hundred", async () => {
	expect((await get({}, `/spend/logs/v2?${day}&page_size=1001`)).status).toBe(422);
	expect((await get({ maxPageSize: 100 }, `/spend/logs/v2?${day}&page_size=101`)).status).toBe(422);
	expect((await get({}, "/spend/logs/v2")).status).toBe(400);
});

it("cuts whole days to the newest 10,000 rows and says so", async () => {
	const path = "/spend/logs?start_date=2026-07-25&end_date=2026-07-26&summarize=false";
	const { body, headers } = await get({ rows: makeRows(10_001) }, path);
	expect(headers.get("x-litellm-spend-logs-truncated")).toBe("true");
	expect(body).toHaveLength(10_000);
	expect(body).toMatchObject({ 0: { request_id: "call-10000" }, 9999: { request_id: "call-1" } });
	expect((await get({ rows: makeRows(10) }, path)).headers.has("x-litellm-spend-logs-truncated")).toBe(false);
});

it("leaves out the last day but for its midnight, and sums up unless asked not to", async () => {
	const sameDay = "/spend/logs?start_date=2026-07-25&end_date=2026-07-25";
	expect((await get({ rows: makeRows(5) }, `${sameDay}&summarize=false`)).body).toHaveLength(1);
	const { body } = await get({ rows: makeRows(5) }, "/spend/logs?start_date=2026-07-25&end_date=2026-07-26");
	expect(body).toEqual([{ startTime: "2026-07-25", spend: 5 * 0.0035, users: {}, models: {} }]);
});

it("knows no /spend/logs/v2 when it is old", async () => {
	expect((await get({ hasV2: false }, `/spend/logs/v2?${day}`)).status).toBe(404);
});

it("goes wrong as scripted, once for each fault", async () => {
	await using proxy = await startLitellmProxy({ rows: makeRows(3) });
	proxy.faults.next(
		{ kind: "answer", status: 429, headers: { "retry-after": "1" } },
		{ kind: "truncate" },
		{ kind: "tear" },
		{ kind: "reset" },
	);
	const ask = () => fetch(`${proxy.url}/spend/logs/v2?${day}`).then((response) => response.json());
	expect((await fetch(`${proxy.url}/spend/logs/v2?${day}`)).headers.get("retry-after")).toBe("1");
	await expect(ask()).rejects.toThrow(/JSON/);
	await expect(ask()).rejects.toThrow();
	await expect(ask()).rejects.toThrow();
	expect(await ask()).toHaveProperty("data.length", 3);
});
