import { expect, it } from "vitest";
import { callItem, type RawCall } from "../src/index.ts";

function keepError(errorMessage: string): string | undefined {
	const item = callItem({ id: "call-1", errorMessage }, "line 1");
	return "entry" in item ? (item.entry as RawCall).errorMessage : undefined;
}

it("an error keeps its first line, cut, without keys and addresses", () => {
	expect(keepError("\n Rate limit reached\nTraceback")).toBe("Rate limit reached");
	expect(keepError("Received API Key = sk-...AbCd1234, Key Hash")).toBe("Received API Key = sk-...AbCd1234, Key Hash");
	expect(keepError(`Bearer abc.def failed with key-12345678 at https://me:pw@host/`)).toBe(
		"*** failed with *** at https:***host/",
	);
	expect(keepError("x ".repeat(1000))).toHaveLength(301);
	expect(keepError("")).toBeUndefined();
});
