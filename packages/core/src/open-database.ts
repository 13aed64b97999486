import { connect, type Database, migrate } from "@tidemark/db";
import { generalSettings } from "./general-settings.ts";
import { type Given, readSettings } from "./setting.ts";

/** The configured database with its tables up to date. Close it: `await using`. */
export async function openDatabase(given: Given): Promise<Database & AsyncDisposable> {
	const { databaseUrl, databaseDirectory } = readSettings(generalSettings, given);
	const db = await connect({ url: databaseUrl, directory: databaseDirectory });
	try {
		await migrate(db);
	} catch (error) {
		await db.close();
		throw error;
	}
	return { ...db, [Symbol.asyncDispose]: () => db.close() };
}
