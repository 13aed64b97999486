// Writes what is generated from other files, or with --check fails when a generated file is not current.
import { readFileSync, writeFileSync } from "node:fs";

const root = new URL("../", import.meta.url);

/** In this order, and each loaded when it is its turn: the later ones run code that needs the files before them. */
const generated: Readonly<Record<string, () => Promise<string>>> = {
	"packages/db/src/tables.gen.ts": async () => (await import("./tables.ts")).tablesModule(),
	"packages/db/src/migrations.gen.ts": async () => (await import("./migrations.ts")).migrationsModule(),
	"packages/sources/src/prices-version.gen.ts": async () => (await import("./prices-version.ts")).pricesVersionModule(),
	".env.example": async () => (await import("./env-example.ts")).envExample(),
	"action.yml": async () => (await import("./action-yml.ts")).actionYml(),
	"README.md": async () => (await import("./settings-table.ts")).readme(),
	"docs/data.md": async () => (await import("./data-page.ts")).dataPage(),
	"docs/add-a-source.md": async () => (await import("./source-page.ts")).sourcePage(),
};

const stale: string[] = [];
for (const [path, generate] of Object.entries(generated)) {
	const file = new URL(path, root);
	const wanted = await generate();
	if (wanted === current(file)) continue;
	stale.push(path);
	if (!process.argv.includes("--check")) writeFileSync(file, wanted);
}
if (stale.length > 0 && process.argv.includes("--check")) {
	console.error(`Not current: ${stale.join(", ")}. Run \`pnpm generate\` and commit the result.`);
	process.exitCode = 1;
}

function current(file: URL): string | undefined {
	try {
		return readFileSync(file, "utf8");
	} catch {
		return undefined;
	}
}
