import { fileURLToPath } from "node:url";
import { build, type Plugin } from "esbuild";
import { licences } from "./licences.ts";

const root = fileURLToPath(new URL("../../../../", import.meta.url));

/** CommonJS inside of a module still asks for these. */
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
 */
export async function bundle(): Promise<ReadonlyMap<string, string>> {
	const { outputFiles, metafile } = await build({
		absWorkingDir: root,
		entryPoints: ["packages/action/src/main.ts"],
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
		logLevel: "error",
	});
	const script = outputFiles.map(({ text }) => text).join("");
	return new Map([
		["index.js", script],
		["licenses.txt", licences(root, Object.keys(metafile.inputs))],
	]);
}
