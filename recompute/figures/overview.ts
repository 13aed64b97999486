import type { Call } from "./calls/call.ts";
import { llmOf } from "./calls/llm.ts";
import { ciOf } from "./ci/ci.ts";
import { dataThrough, deadLettersOf, ingestionsOf, type ReadTarget, type SaidIngestion } from "./ingestions.ts";
import type { RawWorld } from "./raw.ts";
import type { View } from "./view.ts";
import { moment } from "./zone.ts";

export interface Known {
	readonly world: RawWorld;
	/** All calls of its files. */
	readonly calls: readonly Call[];
	readonly targets: readonly ReadTarget[];
}

/** Everything that `stats --json` has to say, from the world alone; of the ingestions only their moments. */
export function overviewOf({ world, calls, targets }: Known, view: View, said: readonly SaidIngestion[]) {
	return {
		period: { since: moment(view.since), until: null, zone: view.zone },
		by: view.by,
		ci: { data_through: dataThrough(said, true), lagging: [], ...ciOf(world, view) },
		llm: { data_through: dataThrough(said, false), lagging: [], ...llmOf(calls, view) },
		ingestions: ingestionsOf(world, targets, said),
		dead_letters: deadLettersOf(world, targets),
	};
}
