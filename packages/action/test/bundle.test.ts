import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { join } from "node:path";
import { temporaryDirectory } from "@tidemark/db/testing";
import { describe, expect, it } from "vitest";
import { bundle, dist, listStaleFiles } from "../build/bundle.ts";
import { checkLimits } from "../build/limits.ts";

/** An entry that imports a package of its own. */
function entryWith(name: string, file = "index.js"): string {
	const folder = temporaryDirectory();
	const home = join(folder, "node_modules", name);
	mkdirSync(home, { recursive: true });
	writeFileSync(join(home, "package.json"), JSON.stringify({ name, version: "1.0.0", license: "MIT", main: file }));
	writeFileSync(join(home, file), "export const value = 1;");
	writeFileSync(join(folder, "main.js"), `import * as all from ${JSON.stringify(name)}; console.log(all);`);
	return join(folder, "main.js");
}

describe("the bundle", () => {
	it("is what the sources make of it; else run `npx -y pnpm@12 build:action` and commit it", async () => {
		expect(listStaleFiles(await bundle())).toEqual([]);
	});

	it("is the same each time, and names no folder of this machine", async () => {
		const [one, other] = [await bundle(), await bundle()];
		expect([...one]).toEqual([...other]);
		for (const content of one.values()) expect(content).not.toContain(process.cwd());
	});

	it("asks for no other package", () => {
		const script = readFileSync(new URL("index.js", dist), "utf8");
		const asked = script.matchAll(/(?:^import .* from |^export .* from |^import |\bimport\(|\b__require\()"([^"]+)"/gm);
		const names = [...asked].map(([, name = ""]) => name);
		expect(names).toContain("node:crypto");
		expect(names.filter((name) => !isBuiltin(name))).toEqual([]);
	});

	it("names the licence of every package in it", () => {
		const licences = readFileSync(new URL("licenses.txt", dist), "utf8");
		for (const name of ["@actions/core", "@octokit/rest", "postgres", "zod"]) {
			expect(licences).toMatch(new RegExp(`^${name}@[\\d.]+ \\([\\w.-]+\\)$`, "m"));
		}
	});

	for (const [name, what] of [
		["fastify", "a server"],
		["@hono/node-server", "a server"],
		["@electric-sql/pglite", "the embedded database"],
		["linkedom", "a DOM library"],
		["node-gyp-build", "a native module"],
	] as const) {
		it(`is not built with ${name}`, async () => {
			await expect(bundle(entryWith(name))).rejects.toThrow(`It contains ${what}: `);
		});
	}

	it("is not built with a native module", async () => {
		await expect(bundle(entryWith("fast", "fast.node"))).rejects.toThrow(/\.node/);
	});

	it("is built with a package that does none of this", async () => {
		expect((await bundle(entryWith("harmless"))).get("licenses.txt")).toBe("harmless@1.0.0 (MIT)\n");
	});

	it("has at most 5.5 MB", () => {
		expect(() => checkLimits("é".repeat(2_750_000), [])).not.toThrow();
		expect(() => checkLimits("é".repeat(2_750_000 + 1), [])).toThrow("at most 5500000 are allowed");
	});
});
