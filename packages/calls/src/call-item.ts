import type { Item } from "@tidemark/core";
import { scrubTokens } from "@tidemark/text";
import type { RawCall } from "./raw-call.ts";

/**
 * Makes an item of a call. Its error message is scrubbed first, because a dead letter keeps it.
 * @param key names the call if its id may be missing
 */
export function callItem(call: RawCall, at: string, key = call.id): Item {
	const entry =
		call.errorMessage === undefined ? call : { ...call, errorMessage: cleanErrorMessage(call.errorMessage) };
	return { at, entry, key };
}

const maxLength = 300;

/** The first line only, because a traceback and sometimes the request itself follow, without keys and addresses. */
function cleanErrorMessage(text: string): string | undefined {
	const line = text.trimStart().split("\n")[0]?.trim();
	if (!line) return undefined;
	// Cut before as well, so that a message of megabytes costs nothing.
	const scrubbed = scrubTokens(line.slice(0, maxLength * 4));
	return scrubbed.length > maxLength ? `${scrubbed.slice(0, maxLength)}…` : scrubbed;
}
