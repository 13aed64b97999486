import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "esbuild";
import { listLicences } from "./licences.ts";
import { checkLimits } from "./limits.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));

/** The folder that the runner downloads. */
export const dist = new URL("../dist/", import.meta.url);

/** CommonJS inside a module still calls it. */
const banner = 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);';

/**
 * The embedded database would be 16 MB of WebAssembly in every release, for a database that ends with the runner: the
 * Action asks for a database-url before this could be called.
 */
const withoutEmbeddedDatabase: Plugin = {
	name: "without the embedded database",
	setup({ onLoad }) {
		onLoad({ filter: /[\\/]db[\\/]src[\\/]pglite\.ts$/ }, () => ({
			contents: 'export function openPglite() { throw new Error("The Action needs a database-url."); }',
		}));
	},
};

/**
 * What the runner executes, by the name of its file in `dist`: everything in one file, which needs no node_modules. The
 * same sources and lockfile make the same bytes on every machine. Not minified, so that a change of it can be read.
 * @throws Error if it is too large, or contains what no runner needs
 */
export async function bundle(entry = "packages/action/src/main.ts"): Promise<ReadonlyMap<string, string>> {
	const { outputFiles, metafile } = await build({
		absWorkingDir: root,
		entryPoints: [entry],
		outfile: "packages/action/dist/index.js",
		bundle: true,
		platform: "node",
		target: "node24",
		format: "esm",
		banner: { js: banner },
		legalComments: "none",
		charset: "utf8",
		plugins: [withoutEmbeddedDatabase],
		metafile: true,
		write: false,
		logLevel: "silent",
	});
	const script = outputFiles.map(({ text }) => text).join("");
	const inputs = Object.keys(metafile.inputs);
	checkLimits(script, inputs);
	return new Map([
		["index.js", script],
		["licenses.txt", listLicences(root, inputs)],
	]);
}

/** The files of `dist` that differ from those of a bundle, are missing, or do not belong there. */
export function listStaleFiles(files: ReadonlyMap<string, string>): string[] {
	const present = existsSync(dist) ? readdirSync(dist) : [];
	const all = [...new Set([...files.keys(), ...present])];
	return all.filter((name) => !present.includes(name) || readFileSync(new URL(name, dist), "utf8") !== files.get(name));
}
