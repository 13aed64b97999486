import { findPostgres } from "./find-postgres.ts";
import { thisMachine } from "./machine.ts";
import { type StartOptions, startPostgres } from "./start-postgres.ts";

/** A PostgreSQL for tests: the configured one, or one started for them. */
export interface TestServer {
	readonly url: string;
	stop(): Promise<void>;
}

/** The best PostgreSQL this machine can offer; fails with the reasons when it has none. */
export async function testServer(options?: StartOptions): Promise<TestServer> {
	const found = findPostgres(thisMachine());
	// A server that was running before is not stopped.
	if ("url" in found) return { url: found.url, stop: async () => undefined };
	return startPostgres(found, options);
}
