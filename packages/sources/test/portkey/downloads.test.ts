import { describeOnPostgres } from "@tidemark/db/testing";
import { makeLogs, startPortkey } from "@tidemark/world/portkey";
import { describe, expect, it } from "vitest";
import { checkDownloadUrl } from "../../src/portkey/download.ts";
import { cursorIn, flagsFor, idsOf, ingestPortkey, storedIds } from "./ingest-portkey.ts";

const dayMs = 86_400_000;
const since = new Date(Date.now() - 20 * dayMs).toISOString().replace("Z", "000Z");
const logs = makeLogs({ count: 400, from: Date.now() - 10 * dayMs, to: Date.now() - dayMs });
const cuts = [0, 0.01, 0.5, 0.99, "last byte"] as const;

describeOnPostgres("a download of PortKey's storage", (open) => {
	it("that is cut anywhere goes on where it broke off, and brings each log once", async () => {
		const db = await open();
		await using world = await startPortkey({ logs, switches: { cuts: [...cuts] } });
		const { result } = await ingestPortkey(db, flagsFor(world), { since });
		expect(result).toMatchObject({ outcome: "done", counts: { read: 400, inserted: 800, rejected: 0 } });
		expect(await storedIds(db)).toEqual(idsOf(world));
		expect(world.requests.filter(({ path }) => path.endsWith(".jsonl"))).toHaveLength(cuts.length + 1);
		expect(world.addresses).toHaveLength(1);
	});

	it("that is cut where the storage answers no parts, or gives no length, is read again up to there", async () => {
		for (const switches of [{ hasRanges: false }, { hasLength: false }, { hasRanges: false, hasLength: false }]) {
			const db = await open();
			await using world = await startPortkey({ logs, switches: { ...switches, cuts: [...cuts] } });
			const { result } = await ingestPortkey(db, flagsFor(world), { since });
			expect(result).toMatchObject({ outcome: "done", counts: { read: 400, inserted: 800, rejected: 0 } });
			expect(await storedIds(db)).toEqual(idsOf(world));
		}
	});

	it("of a file that is another one after a cut begins again, and no line is put together of both", async () => {
		const db = await open();
		await using world = await startPortkey({ logs, switches: { changesFile: true, cuts: [0.5] } });
		const { result, notices } = await ingestPortkey(db, flagsFor(world), { since });
		expect(result).toMatchObject({ outcome: "done", counts: { rejected: 0, inserted: 800 } });
		expect(notices).toContainEqual(expect.stringMatching(/is read from its beginning: the file has changed\.$/));
		expect(await storedIds(db)).toEqual(idsOf(world));
	});

	it("goes on under a new address where the old one has expired", async () => {
		const db = await open();
		await using world = await startPortkey({ logs, switches: { usesOfAddress: 1, cuts: [0.3, 0.3, 0.3] } });
		const { result } = await ingestPortkey(db, flagsFor(world), { since });
		expect(result).toMatchObject({ outcome: "done", counts: { read: 400, inserted: 800 } });
		expect(world.addresses).toHaveLength(4);
	});

	it("whose addresses have all expired ends with one line and leaves the checkpoint where it is", async () => {
		const db = await open();
		await using world = await startPortkey({ logs, switches: { usesOfAddress: 0 } });
		const { result } = await ingestPortkey(db, flagsFor(world), { since });
		expect(String(result.error)).toBe(
			"TelemetryError: PortKey's storage refuses the download: 403, under three addresses in a row.",
		);
		expect((await cursorIn(db))?.upTo).toBeUndefined();
	});

	it("that brings fewer logs than were announced is tried again, and then fails without moving on", async () => {
		const db = await open();
		await using world = await startPortkey({ logs, switches: { missingLines: [100] } });
		expect((await ingestPortkey(db, flagsFor(world), { since })).result.outcome).toBe("done");
		expect(await storedIds(db)).toEqual(idsOf(world));

		const other = await open();
		world.switches.missingLines.push(400, 400, 100);
		const { result } = await ingestPortkey(other, flagsFor(world), { since });
		expect(String(result.error)).toMatch(/PortKey's export \S+ brought 300 of 400 logs\.$/);
		expect((await cursorIn(other))?.upTo).toBeUndefined();
		expect(await storedIds(other)).toHaveLength(300);
	});

	it("that breaks off again and again ends with one line, and the next run takes the export up", async () => {
		const db = await open();
		await using world = await startPortkey({ logs, switches: { cuts: Array(40).fill(0) } });
		const { result } = await ingestPortkey(db, flagsFor(world), { since });
		expect(String(result.error)).toBe("Unavailable: PortKey's storage broke off the download 21 times.");
		expect((await cursorIn(db))?.upTo).toBeUndefined();
		world.switches.cuts = [];
		await ingestPortkey(db, flagsFor(world), { since });
		expect(await storedIds(db)).toEqual(idsOf(world));
		expect(world.exports.filter(({ status }) => status !== "draft")).toHaveLength(1);
	});

	it("never sees the key, which the storage would refuse", async () => {
		const db = await open();
		await using world = await startPortkey({ logs });
		expect((await ingestPortkey(db, flagsFor(world), { since })).result.outcome).toBe("done");
		const withKey = await fetch(world.addresses[0] ?? "", { headers: { "x-portkey-api-key": world.key } });
		expect(withKey.status).toBe(403);
	});
});

describe("the address of a download", () => {
	it("is taken where it leads to a service like PortKey's own", () => {
		const base = "https://api.portkey.ai/v1";
		expect(checkDownloadUrl("https://bucket.s3.amazonaws.com/a?X-Amz-Signature=1", base).hostname).toContain("s3");
		expect(checkDownloadUrl("http://127.0.0.1:9000/a", "http://127.0.0.1:8787/v1").port).toBe("9000");
	});

	it("is refused where it leads into our own network, without showing its signature", () => {
		const base = "https://api.portkey.ai/v1";
		for (const url of [
			"http://bucket.s3.amazonaws.com/a?X-Amz-Signature=s3cret",
			"https://127.0.0.1/a?X-Amz-Signature=s3cret",
			"https://2130706433/a?X-Amz-Signature=s3cret",
			"https://[::1]/a?X-Amz-Signature=s3cret",
			"https://[::ffff:10.0.0.1]/?X-Amz-Signature=s3cret",
			"https://[fc00::1]/?X-Amz-Signature=s3cret",
			"https://169.254.169.254/latest/meta-data?X-Amz-Signature=s3cret",
			"https://localhost/?X-Amz-Signature=s3cret",
			"https://metadata.google.internal/?X-Amz-Signature=s3cret",
			"file:///etc/passwd?X-Amz-Signature=s3cret",
		]) {
			expect(() => checkDownloadUrl(url, base)).toThrow(
				/^PortKey's download address leads to [^?]*, which is not read\.$/,
			);
		}
	});
});
