import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "@tidemark/db";
import { temporaryDirectory } from "@tidemark/db/testing";
import { describe, expect, it } from "vitest";
import { addEnvFile } from "../src/index.ts";

describe("an .env file", () => {
	it("adds what the environment does not set, and overrides nothing", () => {
		const path = envFile("TELEMETRY_RETENTION=2y\nDATABASE_URL='postgresql://in.the.file/db' # staging\n");
		expect(addEnvFile({ TELEMETRY_RETENTION: "6mo", HOME: "/home" }, path)).toEqual({
			TELEMETRY_RETENTION: "6mo",
			DATABASE_URL: "postgresql://in.the.file/db",
			HOME: "/home",
		});
	});

	it("may begin with a byte order mark and have lines of Windows", () => {
		expect(addEnvFile({}, envFile("\ufeffFIRST=1\r\nSECOND=2\r\n"))).toEqual({ FIRST: "1", SECOND: "2" });
	});

	it("may be missing", () => {
		const environment = { HOME: "/home" };
		expect(addEnvFile(environment, join(temporaryDirectory(), ".env"))).toEqual(environment);
	});

	it("that cannot be read is an error", () => {
		const path = join(temporaryDirectory(), ".env");
		mkdirSync(path);
		const reading = () => addEnvFile({}, path);
		expect(reading).toThrow(UsageError);
		expect(reading).toThrow(`${path} cannot be read.`);
	});
});

function envFile(text: string): string {
	const path = join(temporaryDirectory(), ".env");
	writeFileSync(path, text);
	return path;
}
