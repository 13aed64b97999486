import { firstText, type JsonObject, listOf, objectOf, textOf } from "../json/json-object.ts";
import type { RawCall } from "../llm-call/raw-call.ts";
import { sumOf } from "../llm-call/sum-of.ts";

/** The lists that `ccusage <report> --json` prints, what one of their rows sums up, and what tells when and which it is. */
const lists: readonly { name: string; sumOf: string; time: readonly string[]; id: readonly string[] }[] = [
	{ name: "daily", sumOf: "day", time: ["date"], id: ["date"] },
	{ name: "weekly", sumOf: "week", time: ["week"], id: ["week"] },
	{ name: "monthly", sumOf: "month", time: ["month"], id: ["month"] },
	{ name: "session", sumOf: "session", time: ["lastActivity"], id: ["sessionId"] },
	{ name: "sessions", sumOf: "session", time: ["lastActivity"], id: ["sessionId"] },
	{ name: "blocks", sumOf: "block", time: ["startTime"], id: ["id", "startTime"] },
];

/** True for what `ccusage --json` prints. */
export function isCcusageReport(report: JsonObject): boolean {
	return lists.some(({ name }) => Array.isArray(report[name]));
}

/**
 * Sums of a report as if each were one call: one for each model of each row. The reports sum up the same calls in
 * different ways, so that whoever ingests two of them counts everything twice.
 */
export function callsOfCcusageReport(report: JsonObject): RawCall[] {
	return lists.flatMap(({ name, sumOf: unit, time, id }) =>
		listOf(report[name]).flatMap((each): RawCall[] => {
			const row = objectOf(each) ?? {};
			if (row.isGap === true) return [];
			const parts = listOf(row.modelBreakdowns).map((part) => objectOf(part) ?? {});
			const names = listOf(row.modelsUsed ?? row.models);
			// Without a breakdown the row is of one model, or nobody knows of which.
			const models = parts.length > 0 ? parts : [{ ...row, modelName: names.length === 1 ? names[0] : undefined }];
			return models.map((part) => ({
				...sumsOf(part),
				id: ["ccusage", unit, firstText(row, ...id), textOf(part.modelName)]
					.filter((word) => word !== undefined)
					.join(":"),
				timestamp: firstText(row, ...time)?.replace(/^(\d{4}-\d{2})$/, "$1-01"),
				sessionId: textOf(row.sessionId),
				metadata: { agent: textOf(row.agent) ?? "ccusage", sum_of: unit },
			}));
		}),
	);
}

/** Input is told without what went through the prompt cache. */
function sumsOf(part: JsonObject): Omit<RawCall, "id"> {
	const figures = { ...part, ...objectOf(part.tokenCounts) };
	const cacheReadTokens = firstText(figures, "cacheReadTokens", "cacheReadInputTokens");
	const cacheWriteTokens = firstText(figures, "cacheCreationTokens", "cacheCreationInputTokens");
	return {
		model: textOf(part.modelName),
		inputTokens: sumOf(figures.inputTokens, cacheReadTokens, cacheWriteTokens),
		outputTokens: textOf(figures.outputTokens),
		cacheReadTokens,
		cacheWriteTokens,
		reportedCost: firstText(part, "cost", "totalCost", "costUSD"),
	};
}
