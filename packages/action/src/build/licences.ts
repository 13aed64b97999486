import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

interface Package {
	readonly name: string;
	readonly version: string;
	readonly license: string;
	/** The texts it comes with. */
	readonly texts: readonly string[];
}

/**
 * The licences of the packages that bundled files come from, each package once, by name.
 * @param inputs paths from the root, with slashes
 * @throws Error for a package that says nothing of its licence
 */
export function licences(root: string, inputs: readonly string[]): string {
	const folders = new Set(inputs.flatMap((path) => folderOf(path) ?? []));
	const packages = new Map(
		[...folders].map((folder) => readPackage(join(root, folder))).map((each) => [keyOf(each), each]),
	);
	const sorted = [...packages].sort(([one], [other]) => (one < other ? -1 : 1));
	return `${sorted.map(([, each]) => entryOf(each)).join(`\n\n${"-".repeat(80)}\n\n`)}\n`;
}

/** `node_modules/.pnpm/…/node_modules/@scope/name` */
function folderOf(path: string): string | undefined {
	return /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0];
}

function readPackage(folder: string): Package {
	const { name, version, license }: Partial<Package> = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
	if (!name || !version || !license) throw new Error(`${folder} does not say its name, version and licence.`);
	const texts = readdirSync(folder)
		.filter((file) => /^(licen[cs]e|copying|notice)/i.test(file))
		.sort()
		.map((file) => readFileSync(join(folder, file), "utf8").replaceAll("\r\n", "\n").trim());
	return { name, version, license, texts };
}

function keyOf({ name, version }: Package): string {
	return `${name}@${version}`;
}

function entryOf(each: Package): string {
	return [`${keyOf(each)} (${each.license})`, ...each.texts].join("\n\n");
}
