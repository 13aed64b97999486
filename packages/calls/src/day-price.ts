import type { ConditionalPrice, ModelInfo, ModelPrice, TieredPrices } from "@pydantic/genai-prices";

/** The tokens of one call; `input` includes what was read from and written to a prompt cache. */
export interface Usage {
	readonly input: number | null;
	readonly output: number | null;
	readonly cacheRead: number | null;
	readonly cacheWrite: number | null;
}

/** What a call costs on one day, in US dollars; `timestamp` is canonical text of that day. */
export type DayPrice = (usage: Usage, timestamp: string) => number;

/**
 * Makes a function of what the price list says about a model on one day, which is a hundred times as fast as its own:
 * tiers become bands, hours become windows. The rules are the list's own, see `calcPrice`.
 */
export function compileDayPrice(model: ModelInfo, day: string): DayPrice {
	const conditions: readonly ConditionalPrice[] = Array.isArray(model.prices)
		? model.prices
		: [{ prices: model.prices }];
	const windows: Window[] = [];
	let allDay = conditions[0]?.prices ?? {};
	// The last condition that holds wins.
	for (const { constraint, prices } of conditions.toReversed()) {
		if (constraint?.type === "time_of_date") {
			const [from, to] = [readTimeOfDay(constraint.start_time), readTimeOfDay(constraint.end_time)];
			windows.push({ from, to, bands: makeBands(prices) });
		} else if (!constraint || Date.parse(day) >= Date.parse(constraint.start_date)) {
			allDay = prices;
			break;
		}
	}
	const bands = makeBands(allDay);
	if (windows.length === 0) return (usage) => priceIn(bands, usage);
	return (usage, timestamp) => {
		const time = Date.parse(timestamp) % dayMs;
		const open = windows.find(({ from, to }) => (to < from ? time >= from || time < to : time >= from && time < to));
		return priceIn(open?.bands ?? bands, usage);
	};
}

/** Hours of the day with a price of their own, in milliseconds from midnight UTC; may run over midnight. */
interface Window {
	readonly from: number;
	readonly to: number;
	readonly bands: readonly Band[];
}

const dayMs = 86_400_000;

/** `00:30:00Z`, `16:30:00+08:00`. */
function readTimeOfDay(text: string): number {
	return (Date.parse(`1970-01-02T${text}`) + dayMs) % dayMs;
}

/** US dollars per million tokens, and for the call, if more than `above` tokens went in. All tokens are priced so. */
interface Band {
	readonly above: number;
	readonly uncached: number;
	readonly output: number;
	readonly cacheRead: number;
	readonly cacheWrite: number;
	readonly request: number;
}

/** In order of `above`; the first begins below 0. */
function makeBands(prices: ModelPrice): readonly Band[] {
	const starts = Object.values(prices).flatMap((price) =>
		(isTiered(price) ? price.tiers : []).map(({ start }) => start),
	);
	return [-1, ...new Set(starts)]
		.sort((left, right) => left - right)
		.map((above) => {
			const priceOf = (name: string) => priceAbove(above, prices[name]);
			const uncached = priceOf("input_mtok") ?? 0;
			return {
				above,
				uncached,
				output: priceOf("output_mtok") ?? 0,
				// Cached tokens without a price of their own cost as much as any other.
				cacheRead: priceOf("cache_read_mtok") ?? uncached,
				cacheWrite: priceOf("cache_write_mtok") ?? uncached,
				request: (priceOf("requests_kcount") ?? 0) / 1000,
			};
		});
}

function isTiered(price: ModelPrice[string]): price is TieredPrices {
	return typeof price === "object";
}

function priceAbove(above: number, price: ModelPrice[string]): number | undefined {
	if (!isTiered(price)) return price;
	const reached = price.tiers.filter(({ start }) => start <= above).sort((left, right) => left.start - right.start);
	return reached.at(-1)?.price ?? price.base;
}

function priceIn(bands: readonly Band[], usage: Usage): number {
	const [read, written] = [usage.cacheRead ?? 0, usage.cacheWrite ?? 0];
	const input = Math.max(usage.input ?? 0, read + written);
	const band = bands.findLast(({ above }) => input > above);
	if (!band) return 0;
	const tokens =
		(input - read - written) * band.uncached +
		(usage.output ?? 0) * band.output +
		read * band.cacheRead +
		written * band.cacheWrite;
	return tokens / 1_000_000 + band.request;
}
