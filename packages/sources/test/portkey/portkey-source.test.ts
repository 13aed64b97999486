import { describeSource, type SourceFixture } from "@tidemark/core/testing";
import { formatDateText, makeLogs, type PortkeyWorld, startPortkey, workspace } from "@tidemark/world/portkey";
import { afterEach } from "vitest";
import { createPortkey } from "../../src/portkey/source.ts";
import { flagsFor } from "./ingest-portkey.ts";

const dayMs = 86_400_000;
const worlds: PortkeyWorld[] = [];

afterEach(async () => {
	for (const world of worlds.splice(0)) await world[Symbol.asyncDispose]();
});

/** Five days up to six minutes ago, so that the last hour is read again; in several exports of several pages. */
const fixture: SourceFixture = {
	async makeWorld() {
		const now = Date.now();
		const old = makeLogs({ count: 500, from: now - 5 * dayMs, to: now - dayMs });
		const recent = makeLogs({ count: 200, from: now - dayMs, to: now - 6 * 60_000, seed: 2 });
		const world = await startPortkey({ logs: [...old, ...recent] });
		worlds.push(world);
		return {
			flags: flagsFor(world, { workspace: workspace.slug, "store-prompts": true }),
			rows: { llm_calls: 700, prompt_instances: 700 },
			// The note of the export, what it holds, and the end of it.
			steadyPages: 3,
			async spoil() {
				const at = now - 2 * dayMs;
				const bad = [
					{ at, fields: {}, text: "{not json" },
					{ at, fields: {}, text: '"no object"' },
					{ at, fields: { id: "bad-1", created_at: "yesterday" } },
					{ at, fields: { id: "bad-2", created_at: formatDateText(at), req_units: -1 } },
					{ at, fields: { created_at: formatDateText(at) } },
				];
				world.logs.push(...bad);
				return bad.length;
			},
		};
	},
};

describeSource(createPortkey({ wait: async () => undefined, exportLimit: 400, pageSize: 150 }), fixture);
