import type { Ingestion } from "@tidemark/db";
import type { Overview } from "../overview.ts";
import type { Trend } from "../trend.ts";
import { recordOf } from "./record.ts";

/**
 * The overview as JSON under stable snake_case names. Numbers are raw: rates from 0 to 1, US dollars, milliseconds;
 * instants are ISO 8601 in UTC; what is not known is null. The entries of every `trend` belong to `buckets.starts`.
 */
export function renderJson(overview: Overview): string {
	const { period, by, buckets, total, groups } = overview;
	const json = JSON.stringify(
		{
			period,
			by,
			data_through: overview.dataThrough,
			newest_ever: overview.newestEver,
			percentile_error: overview.percentileError,
			buckets,
			total: { ...recordOf(total), trend: trendRecord(total.trend) },
			groups: groups.map((group) => ({
				name: group.name,
				...recordOf(group),
				trend: group.trend && trendRecord(group.trend),
			})),
			ingestions: overview.ingestions.map(ingestionRecord),
			dead_letters: overview.deadLetters,
		},
		null,
		2,
	);
	// JSON lets some characters through that could steer the terminal it is printed on; escaped they mean the same.
	return json.replace(/[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu, escaped);
}

function escaped(character: string): string {
	return character
		.split("")
		.map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
		.join("");
}

function trendRecord({ calls, costUsd }: Trend) {
	return { calls, cost_usd: costUsd };
}

function ingestionRecord({ startedAt, finishedAt, ...rest }: Ingestion) {
	const { source, target, outcome, message, ...counts } = rest;
	return { source, target, started_at: startedAt, finished_at: finishedAt, outcome, message, ...counts };
}
