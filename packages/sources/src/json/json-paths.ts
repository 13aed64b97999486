import { readdir, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { resolvePaths } from "@tidemark/core";

/** What is taken from a folder, at any depth. */
const jsonFile = /\.(json|jsonl|ndjson)(\.gz)?$/;

/**
 * Finds the files that paths, globs and folders name, each once; in a folder all JSON files, however deep.
 * @throws UsageError for a path that does not exist
 */
export async function resolveJsonPaths(patterns: readonly string[]): Promise<string[]> {
	const found: string[] = [];
	for (const given of patterns) {
		// No shell has expanded what stands in a file of settings.
		const pattern = given.replace(/^~(?=\/|$)/, homedir());
		const isFolder = await stat(pattern).then(
			(entry) => entry.isDirectory(),
			() => false,
		);
		found.push(...(await (isFolder ? findJsonFiles(pattern) : resolvePaths([pattern]))));
	}
	return [...new Set(found)];
}

async function findJsonFiles(folder: string): Promise<string[]> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	const files = entries.filter((entry) => !entry.isDirectory() && jsonFile.test(entry.name));
	return files.map((entry) => join(entry.parentPath, entry.name)).sort();
}
