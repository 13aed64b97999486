import { connect, type Database, migrate } from "../packages/db/src/index.ts";

/** A database with its tables, which closes itself. */
export async function openMigrated(url: string): Promise<Database & AsyncDisposable> {
	const db = await connect({ url, directory: "" });
	await migrate(db);
	return { ...db, [Symbol.asyncDispose]: () => db.close() };
}
