import { type JsonObject, toObject } from "../json/json-object.ts";

/**
 * Finds the last thing the user said in the body of a request: of chat (`messages`), of the Responses API and embeddings
 * (`input`), or of completions (`prompt`). Undefined if nobody said anything.
 */
export function findPromptText(body: JsonObject): string | undefined {
	const said = body.messages ?? body.input ?? body.prompt;
	if (typeof said === "string") return said;
	if (!Array.isArray(said)) return undefined;
	const last = said.findLast((message) => toObject(message)?.role === "user");
	if (last !== undefined) return readContent(toObject(last)?.content);
	// Several texts to embed or to complete at once.
	return joinTexts(said);
}

/** Content is a text, or parts: texts, results of tools, images. What a person wrote counts before what a tool did. */
function readContent(content: unknown): string | undefined {
	if (typeof content === "string") return content;
	if (!Array.isArray(content)) return undefined;
	const parts = content.map((part) => toObject(part) ?? {});
	const results = parts.filter(({ type }) => type === "tool_result");
	return joinTexts(parts.map(({ text }) => text)) ?? joinTexts(results.map((result) => readContent(result.content)));
}

function joinTexts(parts: readonly unknown[]): string | undefined {
	const texts = parts.filter((part) => typeof part === "string");
	return texts.length > 0 ? texts.join("\n") : undefined;
}
