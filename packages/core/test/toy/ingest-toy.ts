import { createInterface } from "node:readline/promises";
import { connect } from "@tidemark/db";
import { defineSource, makePlan } from "../../src/index.ts";
import { type ToySource, toySource } from "./toy-source.ts";

// A process of its own that ingests a toy's file: node ingest-toy.ts <database URL> <file> [paced]
// It announces each page before it hands it over, and paced waits for a line of standard input then.

const [url, path = "", pace] = process.argv.slice(2);
const input = createInterface(process.stdin);
const permissions = input[Symbol.asyncIterator]();

const announced: ToySource = {
	...toySource,
	async *read(...given) {
		for await (const page of toySource.read(...given)) {
			process.stdout.write("page\n");
			if (pace === "paced") await permissions.next();
			yield page;
		}
	},
};

const report = { info: () => undefined, warn: () => undefined, progress: () => undefined };
const db = await connect({ url, directory: "" });
const plan = await makePlan({ db, retention: undefined, report });
for await (const { outcome, error } of defineSource(announced).ingest(plan, { flags: { path }, environment: {} })) {
	process.stdout.write(`${outcome}\n`);
	if (error instanceof Error) process.stderr.write(error.message);
	if (outcome !== "done") process.exitCode = 1;
}
await db.close();
input.close();
