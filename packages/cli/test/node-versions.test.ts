import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { temporaryDirectory } from "@tidemark/db/testing";
import { describe, expect, it } from "vitest";
import { telemetry } from "./telemetry.ts";

/** A Node 20 or 22 of this machine: the clone's own scripts run on 24. */
function findOlderNode(): string | undefined {
	const folders = (process.env.PATH ?? "").split(delimiter).filter((folder) => !folder.includes("node_modules"));
	return folders.map((folder) => join(folder, "node")).find((path) => /^v2[02]\./.test(readVersion(path)));
}

function readVersion(node: string): string {
	try {
		return execFileSync(node, ["--version"], { encoding: "utf8" });
	} catch {
		return "";
	}
}

describe("Node", () => {
	it("20 or 22 runs the command line, with the embedded database", async ({ skip }) => {
		const node = findOlderNode();
		if (node === undefined) {
			process.stderr.write("NOT TESTED: there is no Node 20 or 22 on PATH, so only Node 24 has been tried.\n");
			return skip("no Node 20 or 22 on PATH");
		}
		const cwd = temporaryDirectory();
		const page = await telemetry({ args: ["--help"], cwd, node });
		expect(page).toMatchObject({ code: 0, err: "" });
		expect(page.out).toContain("dead-letters");
		const figures = await telemetry({ args: ["stats", "--json"], cwd, node });
		expect(figures).toMatchObject({ code: 0, err: "" });
		expect(JSON.parse(figures.out)).toMatchObject({ llm: { total: { calls: 0 } } });
	}, 60_000);

	it.each(["18.20.8", "20.11.1"])("%s is refused with one clear sentence", async (version) => {
		const nodeFlags = [`--import=data:text/javascript,${encodeURIComponent(pretend(version))}`];
		const answer = await telemetry({ args: ["--help"], cwd: temporaryDirectory(), nodeFlags });
		expect(answer).toEqual({
			code: 1,
			out: "",
			err: `Tidemark needs Node 20.12 or newer (20, 22 and 24 are tested); this is Node ${version}.\n`,
		});
	});

	it("is asked for by the package as by the command line", () => {
		const { engines } = JSON.parse(readFileSync(new URL("../../../package.json", import.meta.url), "utf8"));
		expect(engines).toEqual({ node: ">=20.12" });
	});
});

function pretend(version: string): string {
	return `Object.defineProperty(process, "versions", { value: { ...process.versions, node: "${version}" } })`;
}
