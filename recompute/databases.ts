import { randomBytes } from "node:crypto";
import { connect } from "../packages/db/src/index.ts";
import { testServer } from "../packages/db/src/testing/index.ts";

/** Empty databases on a PostgreSQL, which are dropped in the end. */
export interface Databases extends AsyncDisposable {
	/** Returns its address. */
	create(name: string): Promise<string>;
}

export async function openDatabases(): Promise<Databases> {
	const server = await testServer();
	const admin = await connect({ url: server.url, directory: "" });
	const names: string[] = [];
	return {
		async create(purpose) {
			const name = `tidemark_figures_${purpose}_${randomBytes(4).toString("hex")}`;
			await admin.query(`CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'`);
			names.push(name);
			return Object.assign(new URL(server.url), { pathname: name }).href;
		},
		async [Symbol.asyncDispose]() {
			for (const name of names) await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
			await admin.close();
			await server.stop();
		},
	};
}
