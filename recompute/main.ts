// `pnpm check:figures` recomputes all that `telemetry stats --json` says from the raw files of two worlds, and compares.
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ask } from "./ask.ts";
import { foreignImports } from "./check-imports.ts";
import { openDatabases } from "./databases.ts";
import { Differences } from "./differences.ts";
import { readCalls } from "./figures/calls/read-calls.ts";
import { ingestWorld } from "./ingest-world.ts";
import { missedMutants } from "./mutants.ts";
import { allQuestions, argumentsOf } from "./questions.ts";
import { writeDemoWorld } from "./world/demo-world.ts";
import { readWorld } from "./world/files.ts";
import { writeHostileWorld } from "./world/hostile-world.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const say = (line: string) => process.stdout.write(`${line}\n`);

const seed = Number(process.argv[2] ?? 1);
const began = Date.now();
const now = Math.floor(began / 1000) * 1000;
const folder = mkdtempSync(join(tmpdir(), "tidemark-figures-"));
const differences = new Differences(say);
const faults = foreignImports(join(root, "recompute/figures"));

const worlds = {
	demo: (place: string) => writeDemoWorld(place, join(root, "examples"), now),
	hostile: (place: string) => writeHostileWorld(place, now, seed),
};

{
	await using databases = await openDatabases();
	for (const [name, write] of Object.entries(worlds)) {
		const place = join(folder, name);
		mkdirSync(place);
		write(place);
		const world = readWorld(place);
		const command = { root, databaseUrl: await databases.create(name), folder: place };
		const known = { world, calls: readCalls(world, place), targets: await ingestWorld(world, command) };
		const runs = world.repositories.reduce((sum, repository) => sum + repository.runs.length, 0);
		say(`${name}  ${runs} runs and ${known.calls.length} calls, collected in ${elapsed()}`);
		for (const question of allQuestions(now)) {
			differences.note(name, argumentsOf(question).join(" "), await ask(known, question, command));
		}
		if (name === "hostile") faults.push(...(await missedMutants(known, command, say)).map((each) => `missed: ${each}`));
	}
}

faults.push(...differences.faults());
for (const fault of faults) say(fault);
say(
	`${differences.compared} figures were compared in ${elapsed()}: ${faults.length === 0 ? "all as recomputed" : "WRONG"}.`,
);
if (faults.length > 0) say(`The worlds are in ${folder}; seed ${seed}.`);
else rmSync(folder, { recursive: true });
process.exitCode = faults.length > 0 ? 1 : 0;

function elapsed(): string {
	return `${Math.round((Date.now() - began) / 1000)} s`;
}
