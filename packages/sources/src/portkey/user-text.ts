import { type JsonObject, objectOf } from "../json/json-object.ts";

/**
 * The last thing the user said in the body of a request: of chat (`messages`), of the Responses API and embeddings
 * (`input`), or of completions (`prompt`). Null where nobody said anything.
 */
export function lastUserText(body: JsonObject): string | null {
	const said = body.messages ?? body.input ?? body.prompt;
	if (typeof said === "string") return said;
	if (!Array.isArray(said)) return null;
	const last = said.findLast((message) => objectOf(message)?.role === "user");
	if (last !== undefined) return contentText(objectOf(last)?.content);
	// Several texts to embed or to complete at once.
	const texts = said.filter((part) => typeof part === "string");
	return texts.length > 0 ? texts.join("\n") : null;
}

/** Content is a text, or parts: texts, results of tools, images. What a person wrote counts before what a tool did. */
function contentText(content: unknown): string | null {
	if (typeof content === "string") return content;
	if (!Array.isArray(content)) return null;
	const parts = objectsIn(content);
	const results = parts.filter(({ type }) => type === "tool_result").map(({ content: result }) => result);
	const written = textsOf(parts);
	const texts = written.length > 0 ? written : results.flatMap(resultTexts);
	return texts.length > 0 ? texts.join("\n") : null;
}

function resultTexts(result: unknown): string[] {
	if (typeof result === "string") return [result];
	return Array.isArray(result) ? textsOf(objectsIn(result)) : [];
}

function textsOf(parts: readonly JsonObject[]): string[] {
	return parts.map(({ text }) => text).filter((text) => typeof text === "string");
}

function objectsIn(list: readonly unknown[]): JsonObject[] {
	return list.map(objectOf).filter((each) => each !== undefined);
}
