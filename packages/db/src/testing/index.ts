/** What do tests and benchmarks run on? Real databases, on any machine. */
export { describeOnBothEngines, describeOnPostgres, type OpenDatabase } from "./describe-on-engines.ts";
export { emptyDatabase } from "./empty-database.ts";
export { emptyTables } from "./empty-tables.ts";
export { createPostgresDatabase } from "./postgres-database.ts";
export { temporaryDirectory } from "./temporary-directory.ts";
export { type TestServer, testServer } from "./test-server.ts";
