import { readFileSync } from "node:fs";
import { basename, dirname, isAbsolute, join } from "node:path";
import { readErrorCode } from "@tidemark/db";

/** Finds the repository that an agent worked in, by its working folder. */
export type FindRepository = (folder: string | undefined) => string | undefined;

/**
 * Asks the folder's clone where it came from, if the folder is on this machine; otherwise its name has to do. Each
 * folder is looked at once.
 */
export function createRepositoryFinder(): FindRepository {
	const known = new Map<string, string | undefined>();
	return (folder) => {
		if (folder === undefined) return undefined;
		// A folder of another machine may be written with backslashes.
		const name = basename(folder.replaceAll("\\", "/")) || undefined;
		if (!known.has(folder)) known.set(folder, (isAbsolute(folder) && findOrigin(folder)) || name);
		return known.get(folder);
	};
}

/** The address of the remote `origin` in the settings of the clone that a folder is in. A file that may not be read says nothing. */
function findOrigin(folder: string): string | undefined {
	try {
		const config = readFileSync(join(folder, ".git", "config"), "utf8");
		const [, section = ""] = /^\[remote "origin"\]([^[]*)/m.exec(config) ?? [];
		return /^\s*url\s*=\s*(\S+)/m.exec(section)?.[1]?.replace(/\/\/[^/@]*@/, "//");
	} catch (error) {
		const isElsewhere = ["ENOENT", "ENOTDIR"].includes(readErrorCode(error) ?? "");
		return isElsewhere && dirname(folder) !== folder ? findOrigin(dirname(folder)) : undefined;
	}
}
