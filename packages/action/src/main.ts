/** How does a workflow run it? Inputs become settings, one ingestion runs, and its report appears beside the run. */
import { setFlagsFromString } from "node:v8";
import { setFailed } from "@actions/core";
import { act } from "./act.ts";

// Left to itself, V8 collects garbage late and holds 300 MB for what fits into 130, in no less time.
setFlagsFromString("--optimize-for-size");

try {
	process.exitCode = await act(process.env);
} catch (error) {
	// A mistake of ours: every expected error is reported where it happens.
	setFailed(error instanceof Error ? (error.stack ?? error.message) : String(error));
}
