import type { RawCall } from "@tidemark/calls";
import { findText, type JsonObject, toList, toObject, toText } from "../json/json-object.ts";

/** The lists that `ccusage <report> --json` prints, what one of their rows sums up, and when it was. */
const lists = [
	{ name: "daily", unit: "day", time: "date" },
	{ name: "weekly", unit: "week", time: "week" },
	{ name: "monthly", unit: "month", time: "month" },
	{ name: "session", unit: "session", time: "lastActivity" },
	{ name: "sessions", unit: "session", time: "lastActivity" },
	{ name: "blocks", unit: "block", time: "startTime" },
];

/** True for what `ccusage --json` prints. */
export function isCcusageReport(report: JsonObject): boolean {
	return lists.some(({ name }) => Array.isArray(report[name]));
}

/**
 * Reads the sums of a report as if each were one call: one for each model of each row. The reports sum up the same
 * calls in different ways, so that two of them count everything twice.
 */
export function readCcusageReport(report: JsonObject): RawCall[] {
	return lists.flatMap(({ name, unit, time }) =>
		toList(report[name]).flatMap((each): RawCall[] => {
			const row = toObject(each) ?? {};
			if (row.isGap === true) return [];
			const parts = toList(row.modelBreakdowns).map((part) => toObject(part) ?? {});
			const names = toList(row.modelsUsed ?? row.models);
			// Without a breakdown the row is of one model, or nobody knows of which.
			const models = parts.length > 0 ? parts : [{ ...row, modelName: names.length === 1 ? names[0] : undefined }];
			return models.map((part) => ({
				...readSums(part),
				id: ["ccusage", unit, findText(row, "sessionId", "id", time), toText(part.modelName)]
					.filter((word) => word !== undefined)
					.join(":"),
				timestamp: findText(row, time)?.replace(/^(\d{4}-\d{2})$/, "$1-01"),
				sessionId: toText(row.sessionId),
				metadata: { agent: toText(row.agent) ?? "ccusage", sum_of: unit },
			}));
		}),
	);
}

function readSums(part: JsonObject): Omit<RawCall, "id"> {
	const figures = { ...part, ...toObject(part.tokenCounts) };
	return {
		model: toText(part.modelName),
		uncachedTokens: toText(figures.inputTokens),
		outputTokens: toText(figures.outputTokens),
		cacheReadTokens: findText(figures, "cacheReadTokens", "cacheReadInputTokens"),
		cacheWriteTokens: findText(figures, "cacheCreationTokens", "cacheCreationInputTokens"),
		reportedCost: findText(part, "cost", "totalCost", "costUSD"),
	};
}
