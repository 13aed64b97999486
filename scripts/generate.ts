// Writes what is generated from other files, or with --check fails when a generated file is not current.
import { readFileSync, writeFileSync } from "node:fs";
import { migrationsModule } from "./migrations.ts";
import { pricesVersionModule } from "./prices-version.ts";
import { tablesModule } from "./tables.ts";

const root = new URL("../", import.meta.url);
const generated: Readonly<Record<string, () => string>> = {
	"packages/db/src/tables.gen.ts": tablesModule,
	"packages/db/src/migrations.gen.ts": migrationsModule,
	"packages/sources/src/prices-version.gen.ts": pricesVersionModule,
};

const stale: string[] = [];
for (const [path, generate] of Object.entries(generated)) {
	const file = new URL(path, root);
	const wanted = generate();
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
