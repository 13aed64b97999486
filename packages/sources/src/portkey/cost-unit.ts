import { parseCall } from "@tidemark/calls";
import type { RawLog } from "./raw-log.ts";

/** This many priced lines decide; more would say the same. */
const maxSamples = 200;

/** How far, as a factor, a cost may be from its list price: discounts and other tokenisers are in it. */
const tolerance = 3;

export type CostUnit = "usd" | "cents";

/**
 * Finds what the costs of some logs are counted in. PortKey's specification and its samples contradict each other, so
 * they are compared with list prices: their median is near the price for US dollars, and near its hundredfold for
 * cents. Undefined if no model is known or neither fits.
 */
export function findCostUnit(logs: readonly RawLog[]): CostUnit | undefined {
	const ratios: number[] = [];
	for (const raw of logs) {
		const ratio = compareCost(raw);
		if (ratio !== undefined) ratios.push(ratio);
		if (ratios.length === maxSamples) break;
	}
	const median = ratios.toSorted((left, right) => left - right)[Math.floor(ratios.length / 2)];
	if (median === undefined) return undefined;
	const isNear = (factor: number) => median > factor / tolerance && median < factor * tolerance;
	if (isNear(1)) return "usd";
	return isNear(100) ? "cents" : undefined;
}

/** A line's own cost over its estimate; undefined if one of them says nothing. */
function compareCost(raw: RawLog): number | undefined {
	try {
		const { reportedCost, estimatedCost } = parseCall("portkey", { ...raw, costUnit: "usd" });
		const [cost, estimate] = [Number(reportedCost), Number(estimatedCost)];
		// A call that was answered from the gateway's cache costs nothing, whatever the unit.
		return cost > 0 && estimate > 0 ? cost / estimate : undefined;
	} catch {
		// It becomes a dead letter in its turn.
		return undefined;
	}
}
