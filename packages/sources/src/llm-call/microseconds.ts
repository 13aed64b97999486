/** From one canonical instant to another; negative where the second is earlier. */
export function microsecondsBetween(from: string, to: string): number {
	return microseconds(to) - microseconds(from);
}

/** Since 1970, exact: 2^53 microseconds last until the year 2255. */
function microseconds(instant: string): number {
	return Date.parse(`${instant.slice(0, 19)}Z`) * 1000 + Number(instant.slice(20, 26));
}
