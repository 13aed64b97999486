import type { IngestionCounts } from "@tidemark/db";

/** The sum, field by field; of nothing, zeros. */
export function addCounts(...all: readonly Partial<IngestionCounts>[]): IngestionCounts {
	const total = { read: 0, inserted: 0, updated: 0, unchanged: 0, expired: 0, skipped: 0, rejected: 0 };
	for (const counts of all) {
		for (const key of Object.keys(total) as (keyof IngestionCounts)[]) total[key] += counts[key] ?? 0;
	}
	return total;
}
