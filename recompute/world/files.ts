import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { RawWorld } from "../figures/raw.ts";

export function writeText(folder: string, path: string, text: string): void {
	mkdirSync(dirname(join(folder, path)), { recursive: true });
	writeFileSync(join(folder, path), text);
}

/** A world as it lies in its folder: everything but the calls in one file. */
export function writeWorld(folder: string, world: RawWorld): void {
	writeText(folder, "world.json", `${JSON.stringify(world, null, "\t")}\n`);
}

export function readWorld(folder: string): RawWorld {
	return JSON.parse(readFileSync(join(folder, "world.json"), "utf8"));
}
