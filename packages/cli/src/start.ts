/** Each command by the file in commands/ that holds it: it is loaded when it is called, and help loads none. */
const summaries = {
	demo: "Show everything on example data, in a database of its own.",
	ingest: "Collect what is new from the sources into the database.",
	stats: "Show what CI and the calls to models did and cost, and how the last ingestions went.",
	prompts: "List the prompts that a gateway logged.",
	prune: "Delete what is older than the retention.",
	verify: "Compare what is stored with GitHub's own lists: nothing missing, nothing stale.",
	"dead-letters": "Look at entries that could not be stored, and try them again.",
	db: "Show the state of the database's tables, or bring them up to date.",
	worker: "Run `ingest all` again and again until Ctrl-C.",
};

/** Runs the command of this process's arguments. @returns its exit code */
export async function start(): Promise<number> {
	// A reader that closes the pipe early, as `head` does, has seen enough.
	process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));
	// What follows a lone -- is what `pnpm run` passes through.
	const [name = "help", ...args] = process.argv.slice(2).filter((arg) => arg !== "--");
	if (!["help", "--help", "-h"].includes(name)) {
		const { runCommand } = await import("./run-command.ts");
		return runCommand(Object.keys(summaries), name, args);
	}
	console.log(`Tidemark: what your machines did and what they cost, in one PostgreSQL database.

Usage: pnpm telemetry <command> [flags]

${Object.entries(summaries)
	.map(([each, summary]) => `  ${each.padEnd(14)}${summary}`)
	.join("\n")}

pnpm telemetry <command> --help explains a command. Nothing set up yet? Start with: pnpm telemetry demo`);
	return 0;
}
