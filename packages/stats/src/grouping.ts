import type { CallGrouping } from "./calls/calls.ts";
import type { RunGrouping } from "./ci/runs.ts";

const ofCi = ["workflow", "runner", "repository"] as const;
const ofCalls = ["model", "phase", "developer"] as const;

/** By what an overview can be grouped: days concern both parts, everything else one. */
export const groupings = ["day", ...ofCi, ...ofCalls] as const;
export type Grouping = (typeof groupings)[number];

export function groupingOfCi(by: Grouping | undefined): RunGrouping | undefined {
	return by === "day" ? by : ofCi.find((each) => each === by);
}

export function groupingOfCalls(by: Grouping | undefined): CallGrouping | undefined {
	return by === "day" ? by : ofCalls.find((each) => each === by);
}
