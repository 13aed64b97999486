import { readdir } from "node:fs/promises";
import { temporaryDirectory } from "@tidemark/db/testing";
import { sources } from "@tidemark/sources";
import { describe, expect, it } from "vitest";
import { telemetry } from "./telemetry.ts";

async function help(...args: string[]): Promise<string> {
	const { code, out, err } = await telemetry({ args: [...args, "--help"], cwd: temporaryDirectory() });
	expect({ code, err }).toEqual({ code: 0, err: "" });
	return out;
}

/** The variables on a page of help. */
const variables = (page: string) => [...page.matchAll(/^ {2}--\S+.*\((\w+)\)$/gm)].map(([, name]) => name);

describe("help", () => {
	it("lists every command by the name it is typed with, and its page has the same name", async () => {
		const names = [...(await help()).matchAll(/^ {2}(\S+) +\S/gm)].map(([, name = ""]) => name);
		const files = await readdir(new URL("../src/commands/", import.meta.url));
		expect(names.toSorted()).toEqual(files.map((file) => file.replace(".ts", "")).toSorted());
		for (const name of names) expect(await help(name)).toContain(`Usage: pnpm telemetry ${name}`);
	}, 60_000);

	it("of `ingest` names the sources, and that of a source has its settings alone", async () => {
		const overview = await help("ingest");
		for (const { name } of sources) expect(overview).toContain(`  ingest ${name.split(":")[0]}\n`);
		expect(variables(overview)).not.toContain("TELEMETRY_CSV_MAP");
		const csv = await help("ingest", "csv");
		expect(csv).toContain("Usage: pnpm telemetry ingest csv [<file>…] [flags]");
		expect(variables(csv).slice(0, 5)).toEqual([
			"TELEMETRY_CSV_PATH",
			"TELEMETRY_CSV_MAP",
			"TELEMETRY_CSV_DEFAULT",
			"TELEMETRY_CSV_HEADER",
			"TELEMETRY_CSV_TIMEZONE",
		]);
		expect(csv).toContain("TELEMETRY_SINCE");
		expect(csv).not.toMatch(/PORTKEY|LITELLM|GITHUB/);
	}, 30_000);

	it("of a command of several lists them, and that of one has its flags alone", async () => {
		expect(await help("dead-letters")).toMatch(/ {2}dead-letters show\n.+ {2}dead-letters retry\n/s);
		const show = await help("dead-letters", "show");
		expect(show).toContain("Usage: pnpm telemetry dead-letters show <id> [flags]");
		expect(show).not.toContain("--source");
		expect(await help("db", "migrate")).toContain("Usage: pnpm telemetry db migrate [flags]");
	}, 30_000);
});

describe("what a command does not take", () => {
	it.each([
		["demo", "now"],
		["stats", "month"],
		["prompts", "all"],
		["prune", "all"],
		["worker", "fast"],
		["db", "status", "now"],
		["dead-letters", "list", "all"],
		["dead-letters", "show", "abc", "def"],
		["dead-letters", "--source", "csv", "purge", "all"],
		["verify", "github", "acme/app"],
		["ingest", "all", "usage.csv"],
		["ingest", "csv", "portkey", "usage.csv"],
	])("is a usage error: %s %s %s", async (...args) => {
		const { code, out, err } = await telemetry({ args: args.filter(Boolean), cwd: temporaryDirectory() });
		expect({ code, out }).toEqual({ code: 2, out: "" });
		expect(err).toContain(`"${args.filter(Boolean).at(-1)}" was not expected.`);
	});
});
