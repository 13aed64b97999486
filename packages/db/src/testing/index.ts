/** What do tests and benchmarks run on? Real databases, on any machine. */
export { describeOnBothEngines, type OpenDatabase } from "./describe-on-both-engines.ts";
export { createPostgresDatabase } from "./postgres-database.ts";
export { temporaryDirectory } from "./temporary-directory.ts";
export { type TestServer, testServer } from "./test-server.ts";
