import type { Database } from "./database.ts";

/** Opens the configured database: the PostgreSQL server of a URL, or without one the embedded database in a directory. */
export async function connect({ url, directory }: { url: string | undefined; directory: string }): Promise<Database> {
	// Each engine is imported only when it is used: PGlite alone is nine megabytes.
	if (url) return (await import("./postgres.ts")).openPostgres(url);
	return (await import("./pglite.ts")).openPglite(directory);
}
