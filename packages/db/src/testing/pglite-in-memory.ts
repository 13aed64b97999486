import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { inject } from "vitest";
import { PgliteSession } from "../pglite-session.ts";

/** A new embedded PostgreSQL. Making one takes seconds, so that the first of a test run leaves a copy for the others. */
export async function pgliteInMemory(): Promise<PgliteSession> {
	const copy = join(inject("testRun").directory, "pglite.tar");
	if (!existsSync(copy)) await writeCopy(copy);
	return new PgliteSession({ content: readFileSync(copy) });
}

async function writeCopy(copy: string): Promise<void> {
	const pglite = await PGlite.create();
	const files = await pglite.dumpDataDir("none");
	await pglite.close();
	// Appears at once: another worker must not read half of it.
	writeFileSync(`${copy}.${process.pid}`, await files.bytes());
	renameSync(`${copy}.${process.pid}`, copy);
}
