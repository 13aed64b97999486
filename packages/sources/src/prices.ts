import { calcPrice, findProvider } from "@pydantic/genai-prices";
import { version } from "./prices-version.gen.ts";

/** The tokens of one call; `input` includes what was read from and written to a prompt cache. */
export interface Usage {
	readonly input: number | null;
	readonly output: number | null;
	readonly cacheRead: number | null;
	readonly cacheWrite: number | null;
}

/** Which price list the estimates come from; stored beside them. */
export const priceVersion = `genai-prices ${version}`;

/** US dollars per token. */
interface UnitPrices {
	readonly uncached: number;
	readonly output: number;
	readonly cacheRead: number;
	readonly cacheWrite: number;
}

/** `unknown`: no price for that model. `varies`: tiers or the time of day decide; asked for each call. */
type Price = UnitPrices | "unknown" | "varies";

const prices = new Map<string, Price>();
const keptPrices = 10_000;

/**
 * What a call should have cost by the list price of its own day, in US dollars with nine decimals; null where the model
 * or its tokens are not known - never 0.
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
	const key = `${provider}\u0000${model}\u0000${timestamp.slice(0, 10)}`;
	let price = prices.get(key);
	if (price === undefined) {
		price = priceOf(model, provider, timestamp);
		// Names of models come from outside; whoever invents a new one for each call must not fill the memory.
		if (prices.size >= keptPrices) prices.clear();
		prices.set(key, price);
	}
	if (price === "unknown") return null;
	return (price === "varies" ? listPrice(model, provider, timestamp, usage) : linearPrice(price, usage)).toFixed(9);
}

function linearPrice(price: UnitPrices, { input, output, cacheRead, cacheWrite }: Usage): number {
	const [read, written] = [cacheRead ?? 0, cacheWrite ?? 0];
	const uncached = Math.max((input ?? 0) - read - written, 0);
	return uncached * price.uncached + (output ?? 0) * price.output + read * price.cacheRead + written * price.cacheWrite;
}

/** One look-up costs the library 30 to 70 us, so that what holds for a whole day is kept. */
function priceOf(model: string, provider: string | null, timestamp: string): Price {
	const found = lookUp(model, provider, timestamp, { input_tokens: 0 });
	if (!found) return "unknown";
	const conditions = Array.isArray(found.model.prices) ? found.model.prices : [];
	const hasTiers = Object.values(found.model_price).some((price) => typeof price !== "number" && price !== undefined);
	if (hasTiers || conditions.some(({ constraint }) => constraint?.type === "time_of_date")) return "varies";
	const perToken = (usage: Record<string, number>) =>
		(lookUp(model, provider, timestamp, usage)?.total_price ?? 0) / 1_000_000;
	const million = 1_000_000;
	return {
		uncached: perToken({ input_tokens: million }),
		output: perToken({ output_tokens: million }),
		cacheRead: perToken({ input_tokens: million, cache_read_tokens: million }),
		cacheWrite: perToken({ input_tokens: million, cache_write_tokens: million }),
	};
}

function listPrice(model: string, provider: string | null, timestamp: string, usage: Usage): number {
	const { input, output, cacheRead, cacheWrite } = usage;
	const cached = (cacheRead ?? 0) + (cacheWrite ?? 0);
	const price = lookUp(model, provider, timestamp, {
		// The library throws where more was cached than went in.
		input_tokens: Math.max(input ?? 0, cached),
		output_tokens: output ?? 0,
		cache_read_tokens: cacheRead ?? 0,
		cache_write_tokens: cacheWrite ?? 0,
	});
	return price?.total_price ?? 0;
}

/** With the provider where it is known, else by the model's name alone; `azure/gpt-4o` also as `gpt-4o`. */
function lookUp(model: string, provider: string | null, timestamp: string, usage: Record<string, number>) {
	const at = new Date(timestamp);
	const bare = model.slice(model.lastIndexOf("/") + 1);
	const prefix = model.slice(0, model.indexOf("/") + 1).slice(0, -1);
	const known = [provider, prefix].map((name) => name && findProvider({ providerId: aliases.get(name) ?? name }));
	for (const found of known) {
		const price = found ? (priced(model, found) ?? priced(bare, found)) : null;
		if (price) return price;
	}
	return priced(model) ?? priced(bare);

	function priced(name: string, found?: ReturnType<typeof findProvider>) {
		return calcPrice(usage, name, found ? { provider: found, timestamp: at } : { timestamp: at });
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
