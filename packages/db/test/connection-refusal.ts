import { inspect } from "node:util";
import { expect } from "vitest";
import { openPostgres } from "../src/postgres.ts";
import { refused } from "./refusal.ts";

/** The words of the error when a server cannot be used, with ports replaced; fails if the password is anywhere in it. */
export async function connectionRefusal(url: string): Promise<string> {
	const error = await refused(async () => (await openPostgres(url)).close());
	const everything = `${inspect(error, { depth: null, showHidden: true })} ${JSON.stringify(error)} ${error.stack}`;
	// Up to the last @, for a password whose special characters are not encoded.
	const [, password = ""] = /^[^:]+:\/\/[^:/?#]*:(.*)@/s.exec(url) ?? [];
	for (const form of password === "" ? [] : [password, decodeURIComponent(password)]) {
		expect(everything).not.toContain(form);
	}
	const words = [error.message, error.why, error.fix].filter((part) => part !== undefined).join("\n");
	return words.replace(/(localhost|127\.0\.0\.1|::1\]):\d+/g, "$1:<port>");
}
