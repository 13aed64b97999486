/** Shown for everything that is not known. */
export const unknown = "–";

const whole = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
const cents = new Intl.NumberFormat("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

const sizes = [
	["T", 1e12],
	["B", 1e9],
	["M", 1e6],
	["k", 1e3],
] as const;

/** `1,234,567` */
export function formatCount(value: number | null): string {
	return value === null ? unknown : whole.format(value);
}

/** `1 row`, `2 rows`, `– rows` */
export function pluralize(count: number | null, one: string, many = `${one}s`): string {
	return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** `18.1M`: three significant digits, for numbers of which only the size matters. */
export function formatSize(value: number | null): string {
	if (value === null) return unknown;
	for (const [unit, factor] of sizes) {
		// From 999.5 on, three digits of the smaller unit would read 1000.
		if (value >= factor * 0.9995) return `${formatThreeDigits(value / factor)}${unit}`;
	}
	return value.toFixed(0);
}

/** `$12.34`. Amounts below a cent keep two significant digits, from $10,000 on they lose their cents. */
export function formatMoney(usd: number | null): string {
	if (usd === null) return unknown;
	const amount = Math.abs(usd);
	const sign = usd < 0 ? "-" : "";
	if (amount > 0 && amount < 0.01) {
		return `${sign}$${amount.toFixed(Math.min(9, 1 - Math.floor(Math.log10(amount))))}`;
	}
	return `${sign}$${(amount < 9_999.995 ? cents : whole).format(amount)}`;
}

/**
 * A rate from 0 to 1 as `96.0 %`. One rule for the ends: only exactly 1 reads `100.0 %` and only exactly 0 reads `0.0 %`;
 * what would round to them reads `>99.9 %` and `<0.1 %`, because "almost all" and "all" are different statements.
 */
export function formatPercentage(rate: number | null): string {
	if (rate === null) return unknown;
	if (rate < 1 && rate >= 0.9995) return ">99.9 %";
	if (rate > 0 && rate < 0.0005) return "<0.1 %";
	return `${(rate * 100).toFixed(1)} %`;
}

/** Three significant digits of a number from 0 to 999. */
export function formatThreeDigits(value: number): string {
	if (value >= 99.95) return value.toFixed(0);
	return value.toFixed(value >= 9.995 ? 1 : 2);
}
