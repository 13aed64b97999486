// `pnpm build:action` writes packages/action/dist; with --check it only reports whether dist is what the sources make.
import { mkdirSync, writeFileSync } from "node:fs";
import { bundle, dist, listStaleFiles } from "./bundle.ts";

const files = await bundle();
if (!process.argv.includes("--check")) {
	mkdirSync(dist, { recursive: true });
	for (const [name, content] of files) writeFileSync(new URL(name, dist), content);
}
const stale = listStaleFiles(files);
if (stale.length > 0) {
	console.error(`packages/action/dist is not what the sources make of it: ${stale.join(", ")}.`);
	console.error("Run `npx -y pnpm@12 build:action` and commit the result.");
	process.exitCode = 1;
}
