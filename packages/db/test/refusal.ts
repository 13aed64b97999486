import { expect } from "vitest";
import { TelemetryError } from "../src/errors.ts";

/** The words of a refusal: the message, the reason if there is one, and what to do. */
export async function refusal(attempt: () => unknown): Promise<string> {
	const error = await refused(attempt);
	return [error.message, error.why, error.fix].filter((words) => words !== undefined).join("\n");
}

/** The error with which something is refused. */
export async function refused(attempt: () => unknown): Promise<TelemetryError> {
	try {
		await attempt();
	} catch (error) {
		if (error instanceof TelemetryError) return error;
		throw error;
	}
	return expect.unreachable("Nothing was refused.");
}
