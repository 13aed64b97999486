import type { TelemetryError } from "@tidemark/db";
import { describeOnPostgres } from "@tidemark/db/testing";
import { makeLogs, startPortkey, workspace } from "@tidemark/world/portkey";
import { expect, it } from "vitest";
import { cursorIn, flagsFor, idsOf, ingestPortkey, storedIds } from "./ingest-portkey.ts";

const dayMs = 86_400_000;
const since = new Date(Date.now() - 20 * dayMs).toISOString().replace("Z", "000Z");
const logs = makeLogs({ count: 60, from: Date.now() - 10 * dayMs, to: Date.now() - dayMs });

function toldBy(error: unknown): string {
	const { message, why = "", fix } = error as TelemetryError;
	return [message, why, fix].filter(Boolean).join("\n");
}

describeOnPostgres("PortKey's answers", (open) => {
	it("may be wrapped in data, and the download's address may be called url", async () => {
		for (const switches of [{ isWrapped: true }, { isUrlNamed: true }, { isWrapped: true, isUrlNamed: true }]) {
			const db = await open();
			await using world = await startPortkey({ logs, switches });
			expect((await ingestPortkey(db, flagsFor(world), { since })).result).toMatchObject({ outcome: "done" });
			expect(await storedIds(db)).toEqual(idsOf(world));
		}
	});

	it("may call an export completed", async () => {
		const db = await open();
		await using world = await startPortkey({ logs, switches: { endsAs: "Completed" } });
		expect((await ingestPortkey(db, flagsFor(world), { since })).result.outcome).toBe("done");
	});

	it("take the key in either header, and the other one is tried where the first is refused", async () => {
		for (const [auth, wanted] of [
			["auto", "bearer"],
			["auto", "portkey"],
			["bearer", "bearer"],
			["portkey", "portkey"],
		] as const) {
			const db = await open();
			await using world = await startPortkey({ logs, switches: { auth: wanted } });
			expect((await ingestPortkey(db, flagsFor(world, { auth }), { since })).result.outcome).toBe("done");
		}
		const db = await open();
		await using world = await startPortkey({ logs, switches: { auth: "bearer" } });
		const { result } = await ingestPortkey(db, flagsFor(world, { auth: "portkey" }), { since });
		expect(result.outcome).toBe("failed");
	});

	it("to a wrong key, to missing scopes and to another plan end the run at once, with what to do", async () => {
		const db = await open();
		await using world = await startPortkey({ logs });
		const wrongKey = await ingestPortkey(db, flagsFor({ ...world, key: "another-key" }), { since });
		expect(toldBy(wrongKey.result.error)).toMatchInlineSnapshot(`
			"PortKey refuses the key: 401, Unauthorised Request, AB05.
			Check PORTKEY_API_KEY, and with newer tenants PORTKEY_BASE_URL and PORTKEY_AUTH."
		`);
		world.switches.refuses = "scopes";
		const scopes = await ingestPortkey(db, flagsFor(world), { since });
		expect(toldBy(scopes.result.error)).toMatchInlineSnapshot(`
			"PortKey refuses an export: 403, You do not have enough permissions to execute this request, AB03.
			Give the key the scopes logs.export, logs.list and logs.view; a user's key sees only its own exports."
		`);
		world.switches.refuses = "plan";
		const plan = await ingestPortkey(db, flagsFor(world), { since });
		expect(toldBy(plan.result.error)).toMatchInlineSnapshot(`
			"PortKey refuses an export: 402, Your plan does not support this, AB09.
			Log exports belong to PortKey's Enterprise plan. An export made by hand: pnpm telemetry ingest portkey <file>."
		`);
		for (const { result, waits } of [wrongKey, scopes, plan]) {
			expect(result.outcome).toBe("failed");
			expect(waits).toEqual([]);
		}
		expect(await cursorIn(db)).toBeUndefined();
	});

	it("to an unknown workspace look like a failure of their own, so that the workspace is named", async () => {
		const db = await open();
		await using world = await startPortkey({ logs });
		const { result } = await ingestPortkey(db, flagsFor(world, { workspace: "ws-unknown" }), { since });
		expect(toldBy(result.error)).toMatchInlineSnapshot(`
			"PortKey cannot make an export: 500, Something went wrong, AB04.
			It also answers so where it does not know the workspace.
			Check PORTKEY_WORKSPACE (its slug, ws-…), or try again later."
		`);
	});

	it("find nothing for a workspace's id, which is therefore not taken", async () => {
		const db = await open();
		await using world = await startPortkey({ logs });
		await expect(ingestPortkey(db, flagsFor(world, { workspace: workspace.id }), { since })).rejects.toThrow(
			"it should be the workspace's slug (ws-…), not its id",
		);
		expect(world.requests).toEqual([]);
	});

	it("deny a field of the workspace, which is then left out and said", async () => {
		const db = await open();
		await using world = await startPortkey({ logs, switches: { deniedFields: ["cost", "metadata"] } });
		const { result, warnings } = await ingestPortkey(db, flagsFor(world), { since });
		expect(result.outcome).toBe("done");
		expect(warnings).toEqual(["PortKey's workspace does not give away cost, metadata: the logs are read without."]);
		expect(await storedIds(db)).toEqual(idsOf(world));
		const [row] = await db.query<{ count: number }>("SELECT count(reported_cost)::int AS count FROM llm_calls");
		expect(row?.count).toBe(0);
	});

	it("may be no JSON at all, as those of another service", async () => {
		const db = await open();
		await using world = await startPortkey({ logs });
		world.faults.next({ kind: "html" });
		const { result } = await ingestPortkey(db, flagsFor(world), { since });
		expect(toldBy(result.error)).toMatchInlineSnapshot(`
			"PortKey's answer is not what its API promises.
			Check PORTKEY_BASE_URL; it ends with /v1."
		`);
	});
});
