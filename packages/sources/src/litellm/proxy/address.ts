/** A proxy's address as it may be shown and stored: without name and password. */
export function addressOf({ origin, pathname }: URL): string {
	return `${origin}${pathname}`.replace(/\/+$/, "");
}
