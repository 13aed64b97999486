import { glob, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { resolvePaths } from "@tidemark/core";

/** What is taken from a folder, at any depth. */
const endings = "**/*.{json,jsonl,ndjson,json.gz,jsonl.gz,ndjson.gz}";

/**
 * The files that paths, globs and folders name, each once; of a folder all JSON files in it, however deep.
 * @throws UsageError for a path that does not exist
 */
export async function resolveJsonPaths(patterns: readonly string[]): Promise<string[]> {
	const found: string[] = [];
	for (const given of patterns) {
		// No shell has been at what stands in a file of settings.
		const pattern = given.replace(/^~(?=\/|$)/, homedir());
		if (await isFolder(pattern)) found.push(...(await jsonFilesIn(pattern)));
		else found.push(...(await resolvePaths([pattern])));
	}
	return [...new Set(found)];
}

async function jsonFilesIn(folder: string): Promise<string[]> {
	const files = await Array.fromAsync(glob(endings, { cwd: folder }), (name) => join(folder, name));
	const areFolders = await Promise.all(files.map(isFolder));
	return files.filter((_, index) => !areFolders[index]).sort();
}

function isFolder(path: string): Promise<boolean> {
	return stat(path).then(
		(found) => found.isDirectory(),
		() => false,
	);
}
