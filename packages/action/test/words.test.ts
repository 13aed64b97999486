import { readSecrets } from "@tidemark/core";
import { createRedactor } from "@tidemark/text";
import { describe, expect, it } from "vitest";
import { allSettings, settingsToInputs } from "../src/inputs/input-list.ts";

describe("words for a workflow", () => {
	it("name inputs where the command line has variables and flags", () => {
		expect(settingsToInputs("Set TELEMETRY_SINCE or pass --since: a span")).toBe("Set since: a span");
		expect(settingsToInputs("the 5 requests of --max-requests (GITHUB_MAX_REQUESTS) are made")).toBe(
			"the 5 requests of max-requests are made",
		);
		expect(settingsToInputs("name a file: pnpm telemetry ingest csv <file> (TELEMETRY_CSV_PATH)")).toBe(
			"name a file: csv-path",
		);
		// Several sources have a flag of this name.
		expect(settingsToInputs("--path does not fit")).toBe("--path does not fit");
		expect(settingsToInputs("correct the host in DATABASE_URL")).toBe("correct the host in DATABASE_URL");
	});

	it("hold no secret: not whole, not a line of it, not encoded", () => {
		const environment = {
			DATABASE_URL: "postgresql://tide:p%40ss-word@db.example:5432/tide",
			GITHUB_TOKEN: "first-line\nsecond line\nab",
			TELEMETRY_SINCE: "not a secret",
		};
		const { redact } = createRedactor(readSecrets(allSettings, { flags: {}, environment }));
		const shown =
			"p@ss-word p%40ss-word second line second%20line first-line Zmlyc3QtbGluZQ== ab not a secret db.example";
		expect(redact(shown)).toBe("*** *** *** *** *** *** ab not a secret db.example");
		expect(redact(environment.DATABASE_URL)).toBe("***");
	});
});
