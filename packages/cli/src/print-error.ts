import { TelemetryError } from "@tidemark/db";
import type { Terminal } from "./terminal.ts";

/** Says what went wrong, why, and what to do. What is not ours to expect shows where it came from. */
export function printError(error: unknown, terminal: Pick<Terminal, "note">): void {
	if (!(error instanceof TelemetryError)) {
		terminal.note(`Error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
		return;
	}
	terminal.note(`Error: ${error.message}`);
	if (error.why) terminal.note(`  Why: ${error.why}`);
	terminal.note(`  Fix: ${error.fix}`);
}
