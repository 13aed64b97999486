import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { inject } from "vitest";

/** A new embedded PostgreSQL. Making one takes seconds, so that the first of a test run leaves a copy for the others. */
export async function pgliteInMemory(): Promise<PGlite> {
	const copy = join(inject("testRun").directory, "pglite.tar");
	if (existsSync(copy)) return PGlite.create({ loadDataDir: new Blob([readFileSync(copy)]) });
	const pglite = await PGlite.create();
	const files = await pglite.dumpDataDir("none");
	// Appears at once: another worker must not read half of it.
	writeFileSync(`${copy}.${process.pid}`, await files.bytes());
	renameSync(`${copy}.${process.pid}`, copy);
	return pglite;
}
