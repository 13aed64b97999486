import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, isAbsolute, join } from "node:path";

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
		if (!known.has(folder)) known.set(folder, findOrigin(folder) ?? name);
		return known.get(folder);
	};
}

function findOrigin(folder: string): string | undefined {
	if (!isAbsolute(folder)) return undefined;
	for (let place = folder; ; place = dirname(place)) {
		const config = join(place, ".git", "config");
		if (existsSync(config)) return readOrigin(config);
		if (dirname(place) === place) return undefined;
	}
}

/** The address of the remote `origin` in a clone's settings. */
function readOrigin(config: string): string | undefined {
	try {
		const [, section = ""] = /^\[remote "origin"\]([^[]*)/m.exec(readFileSync(config, "utf8")) ?? [];
		return /^\s*url\s*=\s*(\S+)/m.exec(section)?.[1]?.replace(/\/\/[^/@]*@/, "//");
	} catch {
		// A file that may not be read says nothing.
		return undefined;
	}
}
