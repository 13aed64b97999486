import { glob, stat } from "node:fs/promises";
import { readErrorCode, UsageError } from "@tidemark/db";

/**
 * The files that paths and globs name, each once, in the order given; `-` is standard input. What is there under the
 * very name is no glob: a shell may have put it in place of one.
 * @throws UsageError for a path that does not exist or is a directory; a glob may match nothing
 */
export async function resolvePaths(patterns: readonly string[]): Promise<string[]> {
	const found: string[] = [];
	for (const pattern of patterns) {
		const isGlob = /[*?[{]/.test(pattern) && (await isFolder(pattern)) === undefined;
		if (isGlob) found.push(...(await filesOf(pattern)));
		else found.push(await existing(pattern));
	}
	return [...new Set(found)];
}

async function filesOf(pattern: string): Promise<string[]> {
	const files: string[] = [];
	for await (const path of glob(pattern)) if ((await isFolder(path)) === false) files.push(path);
	return files.sort();
}

/** Undefined where there is nothing. */
async function isFolder(path: string): Promise<boolean | undefined> {
	return stat(path).then(
		(found) => found.isDirectory(),
		() => undefined,
	);
}

async function existing(path: string): Promise<string> {
	if (path === "-") return path;
	try {
		if (!(await stat(path)).isDirectory()) return path;
	} catch (cause) {
		throw new UsageError(`There is no file ${path}${readErrorCode(cause) === "EACCES" ? " that may be read" : ""}.`, {
			fix: "Correct the path; it is taken from the folder you are in.",
			cause,
		});
	}
	throw new UsageError(`${path} is a folder.`, { fix: `Name its files, for example "${path}/*.csv".` });
}
