import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { TelemetryError } from "@tidemark/db";
import { temporaryDirectory } from "@tidemark/db/testing";
import { describe, expect, it } from "vitest";
import { isGzip, readBytes, readSlice, resolvePaths } from "../src/index.ts";

describe("paths", () => {
	const folder = temporaryDirectory();
	const at = (name: string) => join(folder, name);
	for (const name of ["b.csv", "a.csv", "c.jsonl", "a[1].csv", "a1.csv"]) writeFileSync(at(name), "");
	mkdirSync(at("folder.csv"));
	mkdirSync(at("deep/er"), { recursive: true });
	writeFileSync(at("deep/er/d.csv"), "");
	symlinkSync(at("gone"), at("dangling.csv"));

	it("are taken in the order given, each once", async () => {
		expect(await resolvePaths([at("b.csv"), at("a.csv"), at("b.csv")])).toEqual([at("b.csv"), at("a.csv")]);
	});

	it("may be globs, whose files come in the order of their names", async () => {
		expect(await resolvePaths([at("?.*")])).toEqual([at("a.csv"), at("b.csv"), at("c.jsonl")]);
		expect(await resolvePaths([at("b.csv"), at("{a,b}.csv")])).toEqual([at("b.csv"), at("a.csv")]);
		expect(await resolvePaths([at("*.jsonl"), at("**/d.csv")])).toEqual([at("c.jsonl"), at("deep/er/d.csv")]);
	});

	it("that are globs may match nothing, and match no folders", async () => {
		expect(await resolvePaths([at("*.parquet")])).toEqual([]);
		expect(await resolvePaths([at("[df]*.csv")])).toEqual([]);
	});

	it("that are globs find a file once, whatever symbolic links lead to it", async () => {
		const linked = temporaryDirectory();
		mkdirSync(join(linked, "real"));
		writeFileSync(join(linked, "real/a.csv"), "");
		symlinkSync("real", join(linked, "link"));
		symlinkSync("..", join(linked, "real/loop"));
		expect(await resolvePaths([join(linked, "**/*.csv")])).toEqual([join(linked, "real/a.csv")]);
		expect(await resolvePaths([join(linked, "link/*.csv")])).toEqual([join(linked, "link/a.csv")]);
	});

	it("that exist are no globs, whatever characters they have", async () => {
		expect(await resolvePaths([at("a[1].csv")])).toEqual([at("a[1].csv")]);
		expect(await resolvePaths([at("a[0-9].csv")])).toEqual([at("a1.csv")]);
	});

	it("know - as standard input", async () => {
		expect(await resolvePaths(["-", at("a.csv"), "-"])).toEqual(["-", at("a.csv")]);
	});

	it("that do not exist or are folders are refused", async () => {
		await expect(resolvePaths([at("a.csv"), at("missing.csv")])).rejects.toMatchObject({
			name: "UsageError",
			message: `There is no file ${at("missing.csv")}.`,
		});
		await expect(resolvePaths([folder])).rejects.toMatchObject({
			name: "UsageError",
			message: `${folder} is a folder.`,
			fix: `Name its files, for example "${folder}/*.csv".`,
		});
	});
});

describe("the content of a file", () => {
	const content = Buffer.from(Array.from({ length: 100_000 }, (_, line) => `line ${line}\n`).join(""));
	const compressed = gzipSync(content);

	it.each([0, 1, 1000, 262_144, 262_145, content.length - 1, content.length])(
		"is read from byte %i on, compressed or not",
		async (offset) => {
			for (const path of [fileOf(content), fileOf(compressed)]) {
				expect((await bytesOf(path, offset)).equals(content.subarray(offset))).toBe(true);
			}
		},
	);

	it("may be compressed in several members, as `cat` joins them", async () => {
		const path = fileOf(Buffer.concat([gzipSync("one\n"), gzipSync("two\n")]));
		expect((await bytesOf(path)).toString()).toBe("one\ntwo\n");
		expect((await bytesOf(path, 4)).toString()).toBe("two\n");
	});

	it("that is compressed and cut off is read up to there, then fails", async () => {
		const path = fileOf(compressed.subarray(0, compressed.length / 2));
		let length = 0;
		const reading = async () => {
			for await (const chunk of readBytes(path)) length += chunk.length;
		};
		await expect(reading()).rejects.toThrow(TelemetryError);
		await expect(reading()).rejects.toThrow(`${path} is cut off or damaged: unexpected end of file.`);
		expect(length).toBeGreaterThan(0);
	});

	it("that is compressed and damaged fails", async () => {
		const damaged = Buffer.from(compressed);
		damaged.fill(0xff, 1000, 1100);
		const path = fileOf(damaged);
		await expect(bytesOf(path)).rejects.toThrow(`${path} is cut off or damaged: `);
	});

	it("is left alone if nobody reads it to its end", async () => {
		for (const path of [fileOf(content), fileOf(compressed)]) {
			for await (const chunk of readBytes(path)) {
				expect(chunk.length).toBeGreaterThan(0);
				break;
			}
		}
	});

	it("is known as gzip by its first bytes, not by its name", async () => {
		const files = [compressed, Buffer.from([0x1f, 0x8b]), content, Buffer.from([0x1f]), Buffer.alloc(0)].map(fileOf);
		expect(await Promise.all(files.map(isGzip))).toEqual([true, true, false, false, false]);
	});

	it("can be read in slices, shorter if it ends", async () => {
		const path = fileOf(Buffer.from("0123456789"));
		const slices = await Promise.all([readSlice(path, 2, 3), readSlice(path, 8, 5), readSlice(path, 20, 5)]);
		expect(slices.map(String)).toEqual(["234", "89", ""]);
	});
});

function fileOf(bytes: Buffer): string {
	const path = join(temporaryDirectory(), "content");
	writeFileSync(path, bytes);
	return path;
}

async function bytesOf(path: string, offset = 0): Promise<Buffer> {
	return Buffer.concat(await Array.fromAsync(readBytes(path, offset)));
}
