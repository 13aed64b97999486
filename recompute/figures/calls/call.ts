/** A call to a model, whichever file holds it. */
export interface Call {
	/** Microseconds since 1970. */
	readonly at: number;
	readonly source: "csv" | "portkey" | "litellm" | "agents" | "otlp";
	/** As the price list calls it; as the file does if the list does not know it. */
	readonly model: string | null;
	readonly phase: string | null;
	readonly developer: string | null;
	/** Includes what was read from and written to a prompt cache. */
	readonly input: number | null;
	readonly output: number | null;
	readonly cacheRead: number | null;
	readonly cacheWrite: number | null;
	/** Thousand-millionths of a US dollar. */
	readonly reportedCost: number | null;
	readonly estimatedCost: number | null;
	readonly isSuccess: boolean | null;
	readonly durationMs: number | null;
}

/** Microseconds of an ISO text, of which a Date would lose the last three digits. */
export function microseconds(text: string): number {
	const [, seconds = "", fraction = ""] = /^(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d)(?:\.(\d+))?Z?$/.exec(text) ?? [];
	const whole = Date.parse(`${seconds.replace(" ", "T")}Z`);
	if (Number.isNaN(whole)) throw new Error(`${text} is no time`);
	return whole * 1000 + Number(`${fraction}000000`.slice(0, 6));
}

/** As JSON shows moments. */
export function microMoment(at: number): string {
	const whole = new Date(Math.floor(at / 1_000_000) * 1000).toISOString().slice(0, 19);
	return `${whole}.${String(at % 1_000_000).padStart(6, "0")}Z`;
}

/** US dollars as thousand-millionths of them. */
export function nano(usd: number | string): number {
	return Math.round(Number(usd) * 1e9);
}
