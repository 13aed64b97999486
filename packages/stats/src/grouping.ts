/** By what an overview can be grouped: days concern both parts, everything else one. */
export const groupings = ["day", "workflow", "runner", "repository", "model", "phase", "developer"] as const;

export type Grouping = (typeof groupings)[number];
