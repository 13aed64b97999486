import type { Database } from "./database.ts";

export interface Connection {
	/** `postgresql://…`; without one, the embedded database in `directory`. */
	readonly url: string | undefined;
	readonly directory: string;
}

/** Opens the configured database: a PostgreSQL server, or the embedded one if no address is given. */
export async function connect({ url, directory }: Connection): Promise<Database> {
	// Each engine is imported only when it is used: PGlite alone is nine megabytes.
	if (url) return (await import("./postgres.ts")).openPostgres(url);
	return (await import("./pglite.ts")).openPglite(directory);
}
