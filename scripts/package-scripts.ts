import { listFamilies } from "../packages/core/src/choose-sources.ts";
import { sources } from "../packages/sources/src/index.ts";
import { readText } from "./marked-text.ts";

const prefix = "telemetry:ingest:";

/** `package.json` with one script for every source, in the order of `ingest all`; `github:*` share one. */
export function packageJson(): string {
	const manifest: { scripts: Record<string, string> } = JSON.parse(readText("package.json"));
	const ingest = ["all", ...listFamilies(sources)].map((name): [string, string] => [
		`${prefix}${name}`,
		`${manifest.scripts.telemetry} ingest ${name}`,
	]);
	const scripts = Object.entries(manifest.scripts);
	const place = scripts.findIndex(([name]) => name.startsWith(prefix));
	const others = scripts.filter(([name]) => !name.startsWith(prefix));
	const all = Object.fromEntries(others.toSpliced(place, 0, ...ingest));
	return `${JSON.stringify({ ...manifest, scripts: all }, null, "\t")}\n`;
}
