import { globSync, readFileSync } from "node:fs";
import { join, normalize } from "node:path";

/** What a file of the recomputation imports besides Node's own modules and other files of it: nothing, as it should be. */
export function foreignImports(folder: string): string[] {
	return globSync("**/*.ts", { cwd: folder }).flatMap((file) => {
		const text = readFileSync(join(folder, file), "utf8");
		const names = [...text.matchAll(/\b(?:from|import)\s*\(?\s*"([^"]+)"/g)].map(([, name = ""]) => name);
		return names.filter((name) => !isAllowed(name, file)).map((name) => `${file} imports ${name}`);
	});
}

function isAllowed(name: string, file: string): boolean {
	if (name.startsWith("node:")) return true;
	return name.startsWith(".") && !normalize(join(file, "..", name)).startsWith("..");
}
