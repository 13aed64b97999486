import { firstText, type JsonObject } from "../json/json-object.ts";

/** The model without its provider before it: callbacks and tables of LiteLLM differ in that, and a failure has none. */
export function modelOf(record: JsonObject): string | undefined {
	const model = firstText(record, "model");
	const prefix = `${firstText(record, "custom_llm_provider")}/`;
	return model?.startsWith(prefix) ? model.slice(prefix.length) || undefined : model;
}
