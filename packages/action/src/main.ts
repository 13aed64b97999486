/** How does a workflow run it? Inputs become settings, one ingestion, and what came of it is shown beside the workflow's run. */
import { setFlagsFromString } from "node:v8";
import { setFailed } from "@actions/core";
import { act } from "./act.ts";

// Left to itself, V8 collects garbage late and holds 300 MB for what fits into 130, in no less time.
setFlagsFromString("--optimize-for-size");

try {
	process.exitCode = await act(process.env);
} catch (error) {
	// A mistake of ours: whatever was to be expected is told where it happens.
	setFailed(error instanceof Error ? (error.stack ?? error.message) : String(error));
}
