import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * The licences of the packages that bundled files come from, each package once, by name.
 * @param inputs paths from the root, with slashes
 * @throws Error for a package that does not name its licence
 */
export function listLicences(root: string, inputs: readonly string[]): string {
	// `node_modules/.pnpm/…/node_modules/@scope/name`
	const folders = inputs.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []);
	const entries = [...new Set(folders)].map((folder) => formatLicence(join(root, folder)));
	return `${[...new Set(entries)].sort().join(`\n\n${"-".repeat(80)}\n\n`)}\n`;
}

/** Name, version and licence of the package in a folder, and the texts it comes with. */
function formatLicence(folder: string): string {
	const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
	if (!name || !version || !license) throw new Error(`${folder} does not name its version and licence.`);
	const texts = readdirSync(folder)
		.filter((file) => /^(licen[cs]e|copying|notice)/i.test(file))
		.sort()
		.map((file) => readFileSync(join(folder, file), "utf8").replaceAll("\r\n", "\n").trim());
	return [`${name}@${version} (${license})`, ...texts].join("\n\n");
}
