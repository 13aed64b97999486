import { connect } from "@tidemark/db";
import { tick } from "./tick.ts";

// A process of its own that collects a simulated GitHub: node collect.ts <database URL> <address of the API>
// It prints how each target ended.

const [database, api = ""] = process.argv.slice(2);
const db = await connect({ url: database, directory: "" });
const { targets, errors } = await tick(db, { url: api });
process.stdout.write(targets.map(({ source, outcome }) => `${source} ${outcome}\n`).join(""));
process.stderr.write(errors.map((error) => `${error}\n`).join(""));
await db.close();
