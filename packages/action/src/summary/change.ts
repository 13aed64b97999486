/**
 * By how much a figure grew, in percent; rates in percentage points. Nothing can be said where either is not known or
 * there was nothing before.
 */
export function change(now: number | null, before: number | null, kind: "amount" | "rate"): string {
	if (now === null || before === null) return "";
	if (kind === "rate") return signed((now - before) * 100, 1, " pp");
	if (before === 0) return now === 0 ? "±0 %" : "new";
	return signed(((now - before) / before) * 100, 0, " %");
}

function signed(value: number, digits: number, unit: string): string {
	const text = Math.abs(value).toFixed(digits);
	if (Number(text) === 0) return `±0${unit}`;
	return `${value > 0 ? "+" : "−"}${text}${unit}`;
}
