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
		// A pipe or a device may never end: only a person who names it knows.
		if (!(await stat(path).catch(() => undefined))?.isFile()) continue;
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
		const found = await stat(path);
		if (found.isSocket() || found.isBlockDevice()) {
			throw new UsageError(`${path} is a ${found.isSocket() ? "socket" : "device"}, which cannot be read as a file.`, {
				fix: "Name a file or a named pipe, or hand it over on standard input: -",
			});
		}
		if (!found.isDirectory()) return path;
	} catch (cause) {
		if (cause instanceof UsageError) throw cause;
		throw new UsageError(`There is no file ${path}${readErrorCode(cause) === "EACCES" ? " that may be read" : ""}.`, {
			fix: "Correct the path; it is taken from the folder you are in.",
			cause,
		});
	}
	throw new UsageError(`${path} is a folder.`, { fix: `Name its files, for example "${path}/*.csv".` });
}
