import { existsSync, readdirSync, readFileSync } from "node:fs";

/** The folder that the runner is given. */
export const dist = new URL("../../dist/", import.meta.url);

/** The files of `dist` that differ from those of a bundle, are missing, or do not belong there. */
export function staleFiles(files: ReadonlyMap<string, string>): string[] {
	const present = existsSync(dist) ? readdirSync(dist) : [];
	const all = [...new Set([...files.keys(), ...present])];
	return all.filter((name) => !present.includes(name) || readFileSync(new URL(name, dist), "utf8") !== files.get(name));
}
