const thousands = new Intl.NumberFormat("en-US");

/** `12,345` */
export function formatCount(count: number): string {
	return thousands.format(count);
}

/** `1 row`, `2 rows` */
export function plural(count: number, one: string, many = `${one}s`): string {
	return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** `0.4 s`, `2 min 5 s` */
export function formatElapsed(ms: number): string {
	const seconds = ms / 1000;
	if (seconds < 60) return `${seconds.toFixed(1)} s`;
	return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}
