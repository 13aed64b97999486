/** PortKey lists logs minutes after they were made; nothing younger is asked for. */
export const lagMs = 5 * 60_000;

/** How much is read again in each run, for logs that were listed later still. */
const overlapMs = 60 * 60_000;

/** Below that a window is read in pages instead of being halved. */
export const narrowestMs = 1000;

/** Older logs there cannot be: PortKey is younger. */
const beginning = "2023-01-01T00:00:00.000Z";

/** Where reading begins: at the floor, or a little before what is stored already. Milliseconds since 1970. */
export function startOf(upTo: string | undefined, floor: string | null): number {
	const earliest = Date.parse(floor ?? beginning);
	return upTo === undefined ? earliest : Math.max(earliest, Date.parse(upTo) - overlapMs);
}

/** How wide a window to try after one that held too many: halved as often as its total says. */
export function narrowed(widthMs: number, total: number, limit: number): number {
	const halvings = Math.max(1, Math.ceil(Math.log2((total + 1) / limit)));
	return Math.max(narrowestMs, Math.floor(widthMs / 2 ** halvings));
}

/** How wide a window to try after one that fitted: twice as wide while it is well below the limit. */
export function widened(widthMs: number, total: number, limit: number): number {
	return total * 2 < limit ? widthMs * 2 : widthMs;
}

/** As PortKey takes it. */
export function isoOf(ms: number): string {
	return new Date(ms).toISOString();
}
