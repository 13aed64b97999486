import { type Log, logParser } from "./entry.ts";
import type { RawLog } from "./raw-log.ts";
import { estimatedCostOf } from "./rows.ts";

/** That many priced lines tell; more would tell the same. */
const samplesWanted = 200;

/** How far, as a factor, a cost may be from its list price: discounts and other tokenisers are in it. */
const tolerance = 3;

/**
 * What the costs of some logs are counted in. PortKey's specification and its samples contradict each other, so they
 * are compared with list prices: their median is near the price for US dollars, and near its hundredfold for cents.
 * Undefined where no model is known or neither fits.
 */
export function costUnitOf(logs: readonly RawLog[]): "usd" | "cents" | undefined {
	const ratios: number[] = [];
	for (const raw of logs) {
		const ratio = ratioOf(raw);
		if (ratio !== undefined) ratios.push(ratio);
		if (ratios.length === samplesWanted) break;
	}
	const median = ratios.toSorted((left, right) => left - right)[Math.floor(ratios.length / 2)];
	if (median === undefined) return undefined;
	const isNear = (factor: number) => median > factor / tolerance && median < factor * tolerance;
	if (isNear(1)) return "usd";
	return isNear(100) ? "cents" : undefined;
}

/** A line's own cost over its estimate; undefined where one of them says nothing. */
function ratioOf(raw: RawLog): number | undefined {
	const log = readable(raw);
	// A call that was answered from the gateway's cache costs nothing, whatever the unit.
	if (!log?.cost) return undefined;
	const estimate = Number(estimatedCostOf(log));
	return estimate > 0 ? log.cost / estimate : undefined;
}

function readable(raw: RawLog): Log | undefined {
	try {
		return logParser.parse(raw);
	} catch {
		// It becomes a dead letter in its turn.
		return undefined;
	}
}
