/** US dollars for a million tokens, as the vendors' price pages state them. */
interface Price {
	/** The name of the model in the price list. */
	readonly model: string;
	readonly input: number;
	readonly output: number;
	/** That of input if left out. */
	readonly cacheRead?: number;
	readonly cacheWrite?: number;
	/** What is written to a cache for an hour. */
	readonly hourWrite?: number;
}

/** By all the names under which the worlds' files mention them, in lower case. */
const prices: Readonly<Record<string, Price>> = {
	...named(["gpt-4o", "openai/gpt-4o", "gpt-4o-2024-08-06"], {
		model: "gpt-4o",
		input: 2.5,
		output: 10,
		cacheRead: 1.25,
	}),
	...named(["gpt-5-mini"], { model: "gpt-5-mini", input: 0.25, output: 2, cacheRead: 0.025 }),
	...named(["gpt-5.2"], { model: "gpt-5.2", input: 1.75, output: 14, cacheRead: 0.175 }),
	...named(["gpt-4"], { model: "gpt-4", input: 30, output: 60 }),
	...named(["gemini-2.5-flash"], { model: "gemini-2.5-flash", input: 0.3, output: 2.5, cacheRead: 0.03 }),
	...named(["gemini-1.5-flash"], { model: "gemini-1.5-flash", input: 0.075, output: 0.3 }),
	...named(["claude-3-opus"], { model: "claude-3-opus-latest", ...claude(15, 75) }),
	...named(["claude-3-sonnet"], { model: "claude-3-sonnet", ...claude(3, 15) }),
	...named(["claude-haiku-4-5", "claude-haiku-4-5-20251001"], { model: "claude-haiku-4-5", ...claude(1, 5) }),
	...named(["claude-opus-4-8"], { model: "claude-opus-4-8", ...claude(5, 25) }),
};

function named(names: readonly string[], price: Price): Record<string, Price> {
	return Object.fromEntries(names.map((name) => [name, price]));
}

function claude(input: number, output: number) {
	return { input, output, cacheRead: input * 0.1, cacheWrite: input * 1.25, hourWrite: input * 2 };
}

export interface Usage {
	readonly input: number | null;
	readonly output: number | null;
	readonly cacheRead: number | null;
	readonly cacheWrite: number | null;
	/** How much of what was written is kept for an hour. */
	readonly hourWrite?: number;
	/** "fast" costs twice as much. */
	readonly isFast?: boolean;
}

/** What a model is called in every table, and what a call should have cost: null where nobody knows. */
export function priced(name: string | null, usage: Usage): { model: string | null; estimatedCost: number | null } {
	const price = name === null ? undefined : prices[name.toLowerCase()];
	if (price === undefined) return { model: name, estimatedCost: null };
	const { input, output } = usage;
	if (input === null && output === null) return { model: price.model, estimatedCost: null };
	const [read, write, hourWrite] = [usage.cacheRead ?? 0, usage.cacheWrite ?? 0, usage.hourWrite ?? 0];
	const uncached = Math.max((input ?? 0) - read - write, 0);
	const cost =
		uncached * perToken(price.input) +
		(output ?? 0) * perToken(price.output) +
		read * perToken(price.cacheRead ?? price.input) +
		(write - hourWrite) * perToken(price.cacheWrite ?? price.input) +
		hourWrite * perToken(price.hourWrite ?? price.input);
	return { model: price.model, estimatedCost: Math.round(usage.isFast ? cost * 2 : cost) };
}

/** Thousand-millionths of a dollar; rounded to whole millionths of those, so that sums of binary fractions stay exact. */
function perToken(perMillion: number): number {
	return Math.round(perMillion * 1000 * 1e6) / 1e6;
}
