import {
	type ConditionalPrice,
	calcPrice,
	findProvider,
	type ModelInfo,
	type ModelPrice,
} from "@pydantic/genai-prices";
import { version } from "./prices-version.gen.ts";

/** Which price list the estimates come from; stored beside them. */
export const priceVersion = `genai-prices ${version}`;

/** The tokens of one call; `input` includes what was read from and written to a prompt cache. */
export interface Usage {
	readonly input: number | null;
	readonly output: number | null;
	readonly cacheRead: number | null;
	readonly cacheWrite: number | null;
}

/** By provider and name; null if the list has no price. One look-up costs the library 10 to 70 us. */
const models = new Map<string, ModelInfo | null>();
const maxModels = 10_000;

/**
 * Estimates what a call should have cost by the list price of its own day, in US dollars with nine decimals. Null if
 * the model or its tokens are not known, never 0.
 *
 * @param timestamp canonical text
 */
export function estimateCost(
	model: string | null,
	provider: string | null,
	timestamp: string,
	usage: Usage,
): string | null {
	if (model === null || (usage.input === null && usage.output === null)) return null;
	const key = `${provider}\u0000${model}`;
	let found = models.get(key);
	if (found === undefined) {
		found = findModel(model, provider) ?? null;
		// Names of models come from outside; a log that invents a new one for each call must not fill the memory.
		if (models.size >= maxModels) models.clear();
		models.set(key, found);
	}
	return found && priceUsage(findPrices(found, timestamp), usage).toFixed(9);
}

/** With the provider if it is known, else by the model's name alone; `azure/gpt-4o` also as `gpt-4o`. */
function findModel(model: string, provider: string | null): ModelInfo | undefined {
	const bare = model.slice(model.lastIndexOf("/") + 1);
	const prefix = model.slice(0, model.indexOf("/") + 1).slice(0, -1);
	const known = [provider, prefix].map((name) => name && findProvider({ providerId: aliases.get(name) ?? name }));
	for (const found of known) {
		const match = found ? (find(model, found) ?? find(bare, found)) : undefined;
		if (match) return match;
	}
	return find(model) ?? find(bare);

	function find(name: string, found?: ReturnType<typeof findProvider>) {
		return calcPrice({ input_tokens: 0 }, name, found && { provider: found })?.model;
	}
}

/** Names of providers in the wild that the price list does not know. */
const aliases: ReadonlyMap<string, string> = new Map([
	["azure_ai", "azure"],
	["fireworks_ai", "fireworks"],
	["fireworks-ai", "fireworks"],
	["perplexity-ai", "perplexity"],
	["x_ai", "x-ai"],
]);

/** The rules here and below are the list's own, a hundred times as fast as `calcPrice`. The last condition that holds wins. */
function findPrices({ prices }: ModelInfo, timestamp: string): ModelPrice {
	if (!Array.isArray(prices)) return prices;
	return (prices.findLast(({ constraint }) => isMet(constraint, timestamp)) ?? prices[0])?.prices ?? {};
}

/** Hours of the day, such as `16:30:00Z` to `00:30:00Z`, may run over midnight. */
function isMet(constraint: ConditionalPrice["constraint"], timestamp: string): boolean {
	if (!constraint) return true;
	if (constraint.type === "start_date") return timestamp >= constraint.start_date;
	const time = readTimeOfDay(timestamp);
	const from = readTimeOfDay(`1970-01-02T${constraint.start_time}`);
	const to = readTimeOfDay(`1970-01-02T${constraint.end_time}`);
	return to < from ? time >= from || time < to : time >= from && time < to;
}

/** Milliseconds since midnight UTC. */
function readTimeOfDay(instant: string): number {
	return Date.parse(instant) % 86_400_000;
}

/** In US dollars. The size of the input decides at which tier all tokens are priced. */
function priceUsage(prices: ModelPrice, usage: Usage): number {
	const [read, written] = [usage.cacheRead ?? 0, usage.cacheWrite ?? 0];
	const input = Math.max(usage.input ?? 0, read + written);
	const uncached = findRate(prices.input_mtok, input) ?? 0;
	const tokens =
		(input - read - written) * uncached +
		(usage.output ?? 0) * (findRate(prices.output_mtok, input) ?? 0) +
		// Cached tokens without a price of their own cost as much as any other.
		read * (findRate(prices.cache_read_mtok, input) ?? uncached) +
		written * (findRate(prices.cache_write_mtok, input) ?? uncached);
	return tokens / 1_000_000 + (findRate(prices.requests_kcount, input) ?? 0) / 1000;
}

function findRate(price: ModelPrice[string], input: number): number | undefined {
	if (typeof price !== "object") return price;
	return price.tiers.findLast(({ start }) => input > start)?.price ?? price.base;
}
