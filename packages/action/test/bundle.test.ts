import { readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { describe, expect, it } from "vitest";
import { bundle } from "../src/build/bundle.ts";
import { dist, staleFiles } from "../src/build/dist.ts";

describe("the bundle", () => {
	it("is what the sources make of it; else run `npx -y pnpm@12 build:action` and commit it", async () => {
		expect(staleFiles(await bundle())).toEqual([]);
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
});
