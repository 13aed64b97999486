import { firstText, type JsonObject } from "../json/json-object.ts";
import { recordId } from "./record-id.ts";

/**
 * What names a call: the provider's id of the answer, of a failure LiteLLM's own id of the call.
 *
 * An answer from LiteLLM's cache has the id of the first answer and a time behind it, another one each time it is logged:
 * such a call goes by LiteLLM's id, where that is told.
 */
export function callIdOf(record: JsonObject, name: "id" | "request_id"): string {
	const id = firstText(record, name);
	const callId = firstText(record, "litellm_call_id", "metadata.litellm_call_id");
	const isFromCache = id !== undefined && /_cache_hit[\d.]*$/.test(id);
	return (isFromCache ? (callId ?? id) : (id ?? callId)) ?? recordId(record);
}
