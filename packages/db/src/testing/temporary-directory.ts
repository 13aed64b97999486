import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { inject } from "vitest";

/** A new, empty directory; removed when the test run ends. */
export function temporaryDirectory(): string {
	return mkdtempSync(join(inject("testRun").directory, "directory-"));
}
