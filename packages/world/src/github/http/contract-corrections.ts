import { isObject, type JsonObject } from "../view/json.ts";

/** What the service is known to answer with null although its description does not allow it. */
const nullable = [
	"workflow-run/properties/head_repository",
	"workflow-run/properties/actor",
	"workflow-run/properties/triggering_actor",
	"pull-request-simple/properties/head/properties/repo",
	"added-to-project-issue-event/properties/actor",
];

/**
 * The contract as it can be checked by JSON Schema: `nullable` with an enumeration means that null is one of its
 * values, and known deviations of GitHub are allowed.
 */
export function correctContract(document: unknown): JsonObject {
	if (!isObject(document)) throw new Error("The contract is no object.");
	const corrected = withNullInEnums(document);
	if (!isObject(corrected)) throw new Error("The contract is no object.");
	for (const path of nullable) allowNull(corrected, ["components", "schemas", ...path.split("/")]);
	return corrected;
}

function withNullInEnums(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(withNullInEnums);
	if (!isObject(value)) return value;
	const entries = Object.entries(value).map(([key, each]): [string, unknown] => [key, withNullInEnums(each)]);
	const copy: Record<string, unknown> = Object.fromEntries(entries);
	if (copy.nullable === true && Array.isArray(copy.enum)) copy.enum = [...copy.enum, null];
	return copy;
}

/** Rewrites the schema at a path in place. @throws Error if there is none: the contract has changed */
function allowNull(document: JsonObject, path: readonly string[]): void {
	const parent = path.slice(0, -1).reduce<unknown>((at, key) => (isObject(at) ? at[key] : undefined), document);
	const key = path.at(-1) ?? "";
	if (!isObject(parent) || !(key in parent)) throw new Error(`The contract has no ${path.join("/")}.`);
	Object.assign(parent, { [key]: { anyOf: [parent[key], { type: "null" }] } });
}
