import { describe, expect, it } from "vitest";
import { makeLogs, type PortkeyOptions, startPortkey, workspace } from "../src/portkey/index.ts";

const from = Date.UTC(2026, 9, 1);
const to = Date.UTC(2026, 9, 2);
const logs = makeLogs({ count: 100, from, to });

const iso = (ms: number) => new Date(ms).toISOString();
const draft = {
	filters: { time_of_generation_min: iso(from), time_of_generation_max: iso(to) },
	requested_data: ["id", "created_at", "req_units"],
	description: "a test",
};

/** A world, and a way to ask it as a client does. */
async function asking(options: PortkeyOptions = {}) {
	const world = await startPortkey({ logs, ...options });
	const ask = async (method: string, path: string, body?: object, headers: Record<string, string> = {}) => {
		const response = await fetch(`${world.url}${path}`, {
			method,
			headers: { "x-portkey-api-key": world.key, "content-type": "application/json", ...headers },
			...(body && { body: JSON.stringify(body) }),
		});
		return { status: response.status, headers: response.headers, body: JSON.parse(await response.text()) };
	};
	const exported = async () => {
		const { body } = await ask("POST", "/logs/exports", draft);
		await ask("POST", `/logs/exports/${body.id}/start`);
		await ask("GET", `/logs/exports/${body.id}`);
		return { id: body.id, shown: await ask("GET", `/logs/exports/${body.id}`) };
	};
	return { world, ask, exported };
}

describe("a simulated PortKey", () => {
	it("makes an export in the vendor's steps: draft, running, success, signed address, lines", async () => {
		const { world, ask } = await asking();
		await using _ = world;
		const { body: made } = await ask("POST", "/logs/exports", draft);
		expect(made).toMatchObject({ total: 100, object: "export" });
		const status = async () => (await ask("GET", `/logs/exports/${made.id}`)).body.status;
		expect(await status()).toBe("draft");
		expect((await ask("GET", `/logs/exports/${made.id}/download`)).status).toBe(400);
		await ask("POST", `/logs/exports/${made.id}/start`);
		expect([await status(), await status()]).toEqual(["in_progress", "success"]);
		const { signed_url } = (await ask("GET", `/logs/exports/${made.id}/download`)).body;
		expect(new URL(signed_url).port).not.toBe(new URL(world.url).port);
		const lines = (await (await fetch(signed_url)).text())
			.trimEnd()
			.split("\n")
			.map((line) => JSON.parse(line));
		expect(lines.map(({ id }) => id)).toEqual(logs.map(({ fields }) => fields.id));
		expect(Object.keys(lines[0])).toEqual(["id", "created_at", "req_units", "request_details"]);
		expect(lines[0].created_at).toBe("Thu Oct 01 2026 00:00:00 GMT+0000 (Coordinated Universal Time)");
		expect((await ask("GET", "/logs/exports")).body).toMatchObject({ total: 1 });
	});

	it("counts a half-open window, and logs that appear late with old times", async () => {
		const { world, ask } = await asking();
		await using _ = world;
		const countLogs = async (min: number, max: number) => {
			const filters = { time_of_generation_min: iso(min), time_of_generation_max: iso(max) };
			return (await ask("POST", "/logs/exports", { ...draft, filters })).body.total;
		};
		const middle = logs[50]?.at ?? 0;
		expect((await countLogs(from, middle)) + (await countLogs(middle, to))).toBe(100);
		expect(await countLogs(middle, middle)).toBe(0);
		world.logs.push(...makeLogs({ count: 5, from, to: from + 1000, seed: 7 }));
		expect(await countLogs(from, to)).toBe(105);
	});

	it("knows its workspace by the slug, finds nothing under its id, and fails for another", async () => {
		const { world, ask } = await asking();
		await using _ = world;
		const create = (workspace_id: string) => ask("POST", "/logs/exports", { ...draft, workspace_id });
		expect((await create(workspace.slug)).body.total).toBe(100);
		expect((await create(workspace.id)).body.total).toBe(0);
		expect(await create("ws-unknown")).toMatchObject({ status: 500, body: { data: { errorCode: "AB04" } } });
	});

	it("refuses what the service refuses, in its words", async () => {
		const { world, ask } = await asking();
		await using _ = world;
		const { description, ...undescribed } = draft;
		const refused = (status: number, errorCode: string) => ({ status, body: { success: false, data: { errorCode } } });
		expect(await ask("POST", "/logs/exports", undescribed)).toMatchObject(refused(400, "AB01"));
		expect(await ask("GET", "/logs")).toMatchObject(refused(405, "AB02"));
		expect(await ask("GET", "/logs/exports/unknown")).toMatchObject(refused(404, "AB08"));
		const { body } = await ask("POST", "/logs/exports", draft);
		expect(await ask("POST", `/logs/exports/${body.id}/cancel`)).toMatchObject(refused(400, "AB01"));
		world.switches.deniedFields = ["req_units"];
		expect(await ask("POST", "/logs/exports", draft)).toMatchObject(refused(400, "AB01"));
		expect((await ask("GET", "/logs/exports/field-restrictions")).body).toEqual({ deniedFields: ["req_units"] });
		world.switches.refuses = "scopes";
		expect(await ask("GET", "/logs/exports")).toMatchObject(refused(403, "AB03"));
		world.switches.refuses = "plan";
		expect(await ask("GET", "/logs/exports")).toMatchObject(refused(402, "AB09"));
		world.switches.auth = "bearer";
		expect(await ask("GET", "/logs/exports")).toMatchObject(refused(401, "AB05"));
		world.switches.refuses = undefined;
		const bearer = { authorization: `Bearer ${world.key}` };
		expect((await ask("GET", "/logs/exports", undefined, bearer)).status).toBe(200);
		expect(world.violations).toEqual([]);
	});

	it("notices requests that break the contract", async () => {
		const { world, ask } = await asking();
		await using _ = world;
		expect((await ask("POST", "/logs/exports", { ...draft, requested_data: ["prompts"] })).status).toBe(400);
		expect((await ask("POST", "/logs/exports", { filters: { time_of_generation_min: 7 } })).status).toBe(400);
		expect(world.violations).toHaveLength(2);
	});

	it("fails by request, by chance and with Retry-After", async () => {
		const { world, ask } = await asking();
		await using _ = world;
		world.faults.next(
			{ kind: "answer", status: 429, headers: { "retry-after": "9" } },
			{ kind: "answer", status: 429 },
		);
		const limited = await ask("GET", "/logs/exports");
		expect(limited).toMatchObject({ status: 429, body: { data: { errorCode: "AB06" } } });
		expect(limited.headers.get("retry-after")).toBe("9");
		expect((await ask("GET", "/logs/exports")).headers.get("retry-after")).toBeNull();
		world.faults.random({ kind: "answer", status: 503 }, { seed: 3, probability: 0.3 });
		const statuses = await Promise.all(
			Array.from({ length: 200 }, async () => (await ask("GET", "/logs/exports")).status),
		);
		const share = statuses.filter((status) => status === 503).length / 200;
		expect(share).toBeGreaterThan(0.2);
		expect(share).toBeLessThan(0.4);
	});

	it("answers wrapped, under other names and with other words if it is set so", async () => {
		const { world, ask, exported } = await asking({
			switches: { isWrapped: true, isUrlNamed: true, endsAs: "completed" },
		});
		await using _ = world;
		expect((await ask("POST", "/logs/exports", draft)).body).toMatchObject({ data: { total: 100 } });
		world.switches.isWrapped = false;
		const { id, shown } = await exported();
		expect(shown.body.status).toBe("completed");
		expect(Object.keys((await ask("GET", `/logs/exports/${id}/download`)).body)).toEqual(["url"]);
	});
});

describe("its storage", () => {
	it("takes signed addresses only, without a key, and as often as it is set to", async () => {
		const { world, ask, exported } = await asking({ switches: { usesOfAddress: 2 } });
		await using _ = world;
		const { id } = await exported();
		const { signed_url } = (await ask("GET", `/logs/exports/${id}/download`)).body;
		expect((await fetch(signed_url, { headers: { "x-portkey-api-key": world.key } })).status).toBe(403);
		expect((await fetch(signed_url.replace(/Signature=.*/, "Signature=0"))).status).toBe(403);
		const statuses = [await fetch(signed_url), await fetch(signed_url), await fetch(signed_url)].map(
			({ status }) => status,
		);
		expect(statuses).toEqual([200, 200, 403]);
	});

	it("sends parts of a file, and cuts it as scripted", async () => {
		const { world, ask, exported } = await asking();
		await using _ = world;
		const { id } = await exported();
		const { signed_url } = (await ask("GET", `/logs/exports/${id}/download`)).body;
		const whole = await (await fetch(signed_url)).text();
		const part = await fetch(signed_url, { headers: { range: "bytes=10-" } });
		expect(part.status).toBe(206);
		expect(await part.text()).toBe(whole.slice(10));
		expect((await fetch(signed_url, { headers: { range: `bytes=${whole.length}-` } })).status).toBe(416);
		world.switches.cuts = [0, "last byte"];
		for (const expected of [0, whole.length - 1]) {
			let read = 0;
			const { body } = await fetch(signed_url);
			await expect(
				(async () => {
					for await (const chunk of body ?? []) read += chunk.length;
				})(),
			).rejects.toThrow("terminated");
			expect(read).toBe(expected);
		}
	});
});
