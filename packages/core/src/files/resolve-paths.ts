import type { Stats } from "node:fs";
import { realpath, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { resolve } from "node:path";
import { readErrorCode, UsageError } from "@tidemark/db";

/**
 * The files that paths and globs name, each once, in the order given; `-` is standard input. A name that
 * exists is no glob: a shell may have put it in place of one.
 *
 * @param inFolders what is taken from a folder, at any depth: `*.csv`; without it a folder is refused
 * @throws UsageError for a path that does not exist or cannot be read; a glob may match nothing
 */
export async function resolvePaths(
	patterns: readonly string[],
	{ inFolders }: { readonly inFolders?: string } = {},
): Promise<string[]> {
	const found: string[] = [];
	for (const given of patterns) {
		// No shell has expanded what stands in a file of settings.
		const path = given.replace(/^~(?=\/|$)/, homedir());
		const entry = path === "-" ? undefined : await stat(path).catch(readErrorCode);
		if (path === "-") found.push(path);
		else if (typeof entry !== "object" && /[*?[{]/.test(path)) found.push(...(await findFiles(path)));
		else if (typeof entry === "object" && entry.isDirectory() && inFolders) {
			found.push(...(await findFiles(`**/${inFolders}`, path)));
		} else found.push(requireFile(path, entry));
	}
	return [...new Set(found)];
}

/** A folder that is also reached by a symbolic link does not make two files of one: the path without a link stays. */
async function findFiles(pattern: string, folder?: string): Promise<string[]> {
	// Loaded late, because it is large and most commands look for no files.
	const { glob } = await import("glob");
	const paths = new Map<string, string>();
	for (const path of await glob(folder === undefined ? pattern : `${glob.escape(folder)}/${pattern}`)) {
		// A pipe or a device may never end: only a person who names it knows.
		if (!(await stat(path).catch(() => undefined))?.isFile()) continue;
		const real = await realpath(path);
		if (!paths.has(real) || resolve(path) === real) paths.set(real, path);
	}
	return [...paths.values()].sort();
}

/** @param entry what is there, or the code of the error */
function requireFile(path: string, entry: Stats | string | undefined): string {
	if (typeof entry !== "object") {
		throw new UsageError(`There is no file ${path}${entry === "EACCES" ? " that may be read" : ""}.`, {
			fix: "Correct the path; it is taken from the folder you are in.",
		});
	}
	if (entry.isDirectory()) {
		throw new UsageError(`${path} is a folder.`, { fix: `Name its files, for example "${path}/*.csv".` });
	}
	if (entry.isSocket() || entry.isBlockDevice()) {
		throw new UsageError(`${path} is a ${entry.isSocket() ? "socket" : "device"}, which cannot be read as a file.`, {
			fix: "Name a file or a named pipe, or hand it over on standard input: -",
		});
	}
	return path;
}
