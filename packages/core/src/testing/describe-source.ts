import { it } from "vitest";
import type { Source } from "../source.ts";
import { describeOnEmptiedDatabase } from "./describe-on-emptied-database.ts";
import { laws } from "./laws.ts";
import type { SourceFixture } from "./world.ts";

/** The conformance suite: called once for each source, on both engines. */
export function describeSource<Config, Cursor, Entry>(
	source: Source<Config, Cursor, Entry>,
	fixture: SourceFixture,
): void {
	describeOnEmptiedDatabase(`the source ${source.name}`, (open) => {
		for (const law of laws) it(law.name, () => law.check({ source, fixture, open }));
	});
}
