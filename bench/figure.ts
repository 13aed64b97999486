/** Something measured beside its limit. */
export interface Figure {
	readonly name: string;
	readonly measured: number;
	readonly unit: string;
	readonly limit: number;
	/** Whether more is better, as of a rate, or less, as of a time. */
	readonly isFloor: boolean;
}

/** `1.00x` is at the limit; more than that is better than it has to be. */
export function line(figure: Figure): string {
	const { name, measured, unit, limit, isFloor } = figure;
	const bound = `${isFloor ? "at least" : "at most"} ${format(limit)} ${unit}`;
	return `${isWithin(figure) ? "ok  " : "OVER"}  ${ratioOf(figure).toFixed(2)}x  ${name}: ${format(measured)} ${unit} (${bound})`;
}

export function isWithin(figure: Figure): boolean {
	return ratioOf(figure) >= 1;
}

function ratioOf({ measured, limit, isFloor }: Figure): number {
	return isFloor ? measured / limit : limit / measured;
}

export function median(values: readonly number[]): number {
	return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function format(value: number): string {
	return new Intl.NumberFormat("en-US", { maximumSignificantDigits: value < 1000 ? 3 : 6 }).format(value);
}
