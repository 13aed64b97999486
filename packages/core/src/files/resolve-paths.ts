import { realpath, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { readErrorCode, UsageError } from "@tidemark/db";
import { glob } from "glob";

/**
 * The files that paths and globs name, each once, in the order given; `-` is standard input. A name that
 * exists is no glob: a shell may have put it in place of one.
 * @throws UsageError for a path that does not exist or is a directory; a glob may match nothing
 */
export async function resolvePaths(patterns: readonly string[]): Promise<string[]> {
	const found: string[] = [];
	for (const pattern of patterns) {
		const isGlob = /[*?[{]/.test(pattern) && (await isFolder(pattern)) === undefined;
		if (isGlob) found.push(...(await findFiles(pattern)));
		else found.push(await requireFile(pattern));
	}
	return [...new Set(found)];
}

/** A folder that is also reached by a symbolic link does not make two files of one: the path without a link stays. */
async function findFiles(pattern: string): Promise<string[]> {
	const paths = new Map<string, string>();
	for (const path of await glob(pattern)) {
		if ((await isFolder(path)) !== false) continue;
		const real = await realpath(path);
		if (!paths.has(real) || resolve(path) === real) paths.set(real, path);
	}
	return [...paths.values()].sort();
}

/** Undefined if there is nothing. */
async function isFolder(path: string): Promise<boolean | undefined> {
	return stat(path).then(
		(found) => found.isDirectory(),
		() => undefined,
	);
}

async function requireFile(path: string): Promise<string> {
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
