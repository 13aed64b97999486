import { calcPrice, findProvider } from "@pydantic/genai-prices";
import { compileDayPrice, type DayPrice, type Usage } from "./day-price.ts";
import { version } from "./prices-version.gen.ts";

export type { Usage } from "./day-price.ts";

/** Which price list the estimates come from; stored beside them. */
export const priceVersion = `genai-prices ${version}`;

/** By provider, model and day; null if the list has no price. One look-up costs the library 10 to 70 us. */
const prices = new Map<string, DayPrice | null>();
const maxPrices = 10_000;

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
	const day = timestamp.slice(0, 10);
	const key = `${day}${provider}\u0000${model}`;
	let price = prices.get(key);
	if (price === undefined) {
		const found = findModel(model, provider, new Date(day));
		price = found ? compileDayPrice(found, day) : null;
		// Names of models come from outside; a log that invents a new one for each call must not fill the memory.
		if (prices.size >= maxPrices) prices.clear();
		prices.set(key, price);
	}
	return price === null ? null : price(usage, timestamp).toFixed(9);
}

/** With the provider if it is known, else by the model's name alone; `azure/gpt-4o` also as `gpt-4o`. */
function findModel(model: string, provider: string | null, timestamp: Date) {
	const bare = model.slice(model.lastIndexOf("/") + 1);
	const prefix = model.slice(0, model.indexOf("/") + 1).slice(0, -1);
	const known = [provider, prefix].map((name) => name && findProvider({ providerId: aliases.get(name) ?? name }));
	for (const found of known) {
		const match = found ? (find(model, found) ?? find(bare, found)) : undefined;
		if (match) return match;
	}
	return find(model) ?? find(bare);

	function find(name: string, found?: ReturnType<typeof findProvider>) {
		return calcPrice({ input_tokens: 0 }, name, found ? { provider: found, timestamp } : { timestamp })?.model;
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
