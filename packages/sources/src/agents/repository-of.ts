import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, isAbsolute, join } from "node:path";

/** The repository that an agent worked in, by its working folder. */
export type RepositoryOf = (folder: string | undefined) => string | undefined;

/**
 * Asks the folder's clone for where it came from, if the folder is on this machine; otherwise its name has to do. Each
 * folder is looked at once.
 */
export function repositoryLookup(): RepositoryOf {
	const known = new Map<string, string | undefined>();
	return (folder) => {
		if (folder === undefined) return undefined;
		if (!known.has(folder)) known.set(folder, originOf(folder) ?? nameOf(folder));
		return known.get(folder);
	};
}

/** A folder of another machine may be written with backslashes. */
function nameOf(folder: string): string | undefined {
	return basename(folder.replaceAll("\\", "/")) || undefined;
}

function originOf(folder: string): string | undefined {
	if (!isAbsolute(folder)) return undefined;
	for (let place = folder; ; place = dirname(place)) {
		const config = join(place, ".git", "config");
		if (existsSync(config)) return originIn(config);
		if (dirname(place) === place) return undefined;
	}
}

/** The address of the remote `origin` in a clone's settings. */
function originIn(config: string): string | undefined {
	try {
		const [, section = ""] = /^\[remote "origin"\]([^[]*)/m.exec(readFileSync(config, "utf8")) ?? [];
		return /^\s*url\s*=\s*(\S+)/m.exec(section)?.[1]?.replace(/\/\/[^/@]*@/, "//");
	} catch {
		// Whoever may not read it learns nothing from it.
		return undefined;
	}
}
