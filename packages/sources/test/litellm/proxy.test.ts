import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Database } from "@tidemark/db";
import { describeOnPostgres, temporaryDirectory } from "@tidemark/db/testing";
import { createSpendLog, type LitellmProxy, type SpendLog, startLitellmProxy } from "@tidemark/world/litellm";
import { expect, it } from "vitest";
import { litellm } from "../../src/litellm/source.ts";
import { ingestWith } from "./ingest-files.ts";

const key = "sk-a-key-of-this-test";
const now = Date.now();
const hourMs = 3_600_000;

/** Calls at equal distances, back from a moment. */
function rowsOf(count: number, { every = 1000, until = now - hourMs, name = "call" } = {}): SpendLog[] {
	return Array.from({ length: count }, (_, index) =>
		createSpendLog({ id: `${name}-${index}`, startedAt: new Date(until - index * every).toISOString() }),
	);
}

function ingestFrom({ url }: LitellmProxy, db: Database, { path, ...more }: Readonly<Record<string, string>> = {}) {
	const flags = { "base-url": url, "api-key": key, ...more };
	return ingestWith(litellm, db, { ...flags, ...(path !== undefined && { path: [path] }) });
}

async function countIn(db: Database): Promise<number | undefined> {
	const [row] = await db.query<{ count: number }>("SELECT count(*)::int AS count FROM llm_calls");
	return row?.count;
}

async function throughIn(db: Database): Promise<string | undefined> {
	const [row] = await db.query<{ through: string }>("SELECT cursor->>'through' AS through FROM checkpoints");
	return row?.through;
}

describeOnPostgres("the spend logs of a proxy", (open) => {
	it("are all read though the proxy's total ends at 10,000", async () => {
		const db = await open();
		await using proxy = await startLitellmProxy({ key, rows: rowsOf(12_345, { every: 500 }) });
		const ingested = await ingestFrom(proxy, db);
		expect(ingested.results[0]).toMatchObject({ outcome: "done", target: proxy.url });
		expect(await countIn(db)).toBe(12_345);
	});

	it("are all read though rows arrive between two pages", async () => {
		const db = await open();
		await using proxy = await startLitellmProxy({ key, rows: rowsOf(2500) });
		const stop = proxy.onRequest(({ number }) => void proxy.rows.push(...rowsOf(40, { name: `late-${number}` })));
		await ingestFrom(proxy, db);
		stop();
		await ingestFrom(proxy, db);
		expect(await countIn(db)).toBe(proxy.rows.length);
	});

	it("that are logged late, when a long call has ended, arrive by the next run", async () => {
		const db = await open();
		await using proxy = await startLitellmProxy({ key, rows: rowsOf(10) });
		await ingestFrom(proxy, db);
		proxy.rows.push(...rowsOf(100, { name: "late", until: now - 2 * hourMs }));
		expect((await ingestFrom(proxy, db)).inserted).toBe(100);
		expect(await countIn(db)).toBe(110);
	});

	it("of an old proxy come in pages of a hundred", async () => {
		const db = await open();
		await using proxy = await startLitellmProxy({ key, rows: rowsOf(250), maxPageSize: 100 });
		await ingestFrom(proxy, db);
		expect(await countIn(db)).toBe(250);
	});

	it("of an older one come by whole days, the last one included", async () => {
		const db = await open();
		const rows = [...rowsOf(300, { every: 12 * hourMs }), ...rowsOf(3, { until: now - 5000, name: "today" })];
		await using proxy = await startLitellmProxy({ key, rows, hasV2: false });
		await ingestFrom(proxy, db);
		expect(await countIn(db)).toBe(303);
		expect((await ingestFrom(proxy, db)).results[0]?.counts).toMatchObject({ inserted: 0, rejected: 0 });
	});

	it("by whole days are read in smaller windows where many days are cut to 10,000 rows", async () => {
		const db = await open();
		await using proxy = await startLitellmProxy({ key, rows: rowsOf(10_500, { every: 30_000 }), hasV2: false });
		await ingestFrom(proxy, db);
		expect(await countIn(db)).toBe(10_500);
	});

	it("of a day that is cut are stored as far as they come, and nothing vouches for that day", async () => {
		const db = await open();
		const noon = Math.floor(now / (24 * hourMs)) * 24 * hourMs - 4.5 * 24 * hourMs;
		const rows = [...rowsOf(10_100, { every: 1000, until: noon }), ...rowsOf(5, { name: "after" })];
		await using proxy = await startLitellmProxy({ key, rows, hasV2: false });
		const ingested = await ingestFrom(proxy, db);
		expect(ingested.results[0]?.outcome).toBe("failed");
		expect(String(ingested.results[0]?.error)).toMatch(/left rows out of \/spend\/logs \d{4}-\d\d-\d\d/);
		expect(await countIn(db)).toBe(10_005);
		expect(Date.parse((await throughIn(db)) ?? "")).toBeLessThan(noon);
	});

	it("reach no further back than --since", async () => {
		const db = await open();
		const rows = rowsOf(100, { every: 24 * hourMs });
		await using proxy = await startLitellmProxy({ key, rows });
		const { defineSource, makePlan } = await import("@tidemark/core");
		const report = { info: () => undefined, warn: () => undefined, progress: () => undefined };
		const since = new Date(now - 10.5 * 24 * hourMs).toISOString().replace("Z", "000Z");
		const plan = await makePlan({ db, retention: undefined, since, report });
		await Array.fromAsync(
			defineSource(litellm).ingest(plan, { flags: { "base-url": proxy.url, "api-key": key }, environment: {} }),
		);
		expect(await countIn(db)).toBe(11);
		const starts = proxy.requests.map(({ query }) => query.start_date ?? "");
		expect(starts.every((start) => start >= since.slice(0, 10))).toBe(true);
	});

	it("hold the same calls as a log file, a little differently in time: they stay one row each, at their first time", async () => {
		const db = await open();
		const startedAt = new Date(now - hourMs).toISOString();
		await using proxy = await startLitellmProxy({ key, rows: [createSpendLog({ id: "chatcmpl-1", startedAt })] });
		const path = join(temporaryDirectory(), "payloads.jsonl");
		const startTime = (now - hourMs) / 1000 + 0.000456;
		const payload = { id: "chatcmpl-1", call_type: "acompletion", startTime, response_cost: 0.0035, status: "success" };
		await writeFile(path, `${JSON.stringify(payload)}\n`);
		const ingested = await ingestFrom(proxy, db, { path });
		expect(ingested.results.map(({ outcome }) => outcome)).toEqual(["done", "done"]);
		const stored = await db.query<{ timestamp: string }>("SELECT timestamp, reported_cost AS cost FROM llm_calls");
		expect(stored).toEqual([{ timestamp: startedAt.replace("Z", "456Z"), cost: "0.003500000" }]);
	});

	it("come whole through a storm of refusals, cut answers and lost connections", async () => {
		const db = await open();
		await using proxy = await startLitellmProxy({ key, rows: rowsOf(2500) });
		proxy.faults.next(
			{ kind: "answer", status: 429, headers: { "retry-after": "0" } },
			undefined,
			{ kind: "truncate" },
			{ kind: "tear" },
			{ kind: "answer", status: 503 },
			undefined,
			{ kind: "reset" },
			{ kind: "truncate" },
		);
		expect((await ingestFrom(proxy, db)).results[0]?.outcome).toBe("done");
		expect(await countIn(db)).toBe(2500);
	});

	it("that are refused half-way end with one clear line, and the next run goes on", async () => {
		const db = await open();
		await using proxy = await startLitellmProxy({ key, rows: rowsOf(12_000, { every: 60_000 }) });
		proxy.faults.next(...Array(8).fill(undefined), ...Array(40).fill({ kind: "answer", status: 403 }));
		const ingested = await ingestFrom(proxy, db);
		expect(ingested.results[0]?.outcome).toBe("failed");
		expect(String(ingested.results[0]?.error)).toBe("TelemetryError: LiteLLM refused the key (403).");
		proxy.faults.clear();
		await using healthy = await startLitellmProxy({ key, rows: proxy.rows });
		await ingestFrom(healthy, db);
		expect(await countIn(db)).toBe(12_000);
	});

	it("that never change from page to page are not read for ever", async () => {
		const db = await open();
		await using proxy = await startLitellmProxy({ key, rows: rowsOf(5) });
		const stubborn = litellmThatIgnoresPages(proxy);
		await using server = await stubborn;
		const ingested = await ingestWith(litellm, db, { "base-url": server.url, "api-key": key });
		expect(String(ingested.results[0]?.error)).toMatch(/same rows again and again/);
	});
});

/** A proxy in front of another that drops the page from every request. */
async function litellmThatIgnoresPages({ url }: LitellmProxy) {
	const { createServer } = await import("node:http");
	const server = createServer(async (request, response) => {
		const asked = new URL(request.url ?? "/", url);
		asked.searchParams.set("page", "1");
		const answer = await fetch(asked, { headers: { authorization: request.headers.authorization ?? "" } });
		response.writeHead(answer.status, { "content-type": "application/json" }).end(await answer.text());
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const address = server.address();
	return {
		url: `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`,
		async [Symbol.asyncDispose]() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

describeOnPostgres("a proxy that cannot be read", (open) => {
	it.each([
		["a wrong key", { "api-key": "sk-wrong-key-of-this-test" }, /refused the key \(401\)/],
		["a wrong path", { path: "/v1" }, /no spend logs at this address/],
	])(
		"for %s says so in one line, without the key",
		async (_words, { path = "", ...flags }: Record<string, string>, line) => {
			const db = await open();
			await using proxy = await startLitellmProxy({ key });
			const ingested = await ingestFrom(proxy, db, {
				...flags,
				"base-url": `${proxy.url.replace("//", "//user:hidden-pass@")}${path}`,
			});
			const error = ingested.results[0]?.error;
			expect(String(error)).toMatch(line);
			const everything = JSON.stringify([ingested, await db.query("SELECT * FROM ingestions"), String(error)]);
			for (const secret of [key, "sk-wrong-key-of-this-test", "hidden-pass"]) expect(everything).not.toContain(secret);
		},
	);

	it("is named by its setting where the address is none", async () => {
		const db = await open();
		for (const address of ["not an address", "file:///etc/passwd", "ftp://127.0.0.1"]) {
			await expect(ingestWith(litellm, db, { "base-url": address })).rejects.toThrow(/LITELLM_BASE_URL|--base-url/);
		}
	});
});
