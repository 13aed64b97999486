import { connect } from "../../packages/db/src/index.ts";

/** An empty database on the server; answers its address. The server goes, and the database with it. */
export async function createDatabase(serverUrl: string, name: string): Promise<string> {
	const admin = await connect({ url: serverUrl, directory: "" });
	try {
		await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
		await admin.query(`CREATE DATABASE ${name}`);
	} finally {
		await admin.close();
	}
	return Object.assign(new URL(serverUrl), { pathname: name }).href;
}
