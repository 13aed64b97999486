import { readdirSync, readFileSync } from "node:fs";
import { isObject, type JsonObject } from "../view/json.ts";

const folder = new URL("../../../recorded/webhooks/", import.meta.url);

/** The names of the recorded webhooks, such as `workflow_run.completed.payload.json`. */
export function listWebhooks(): string[] {
	return readdirSync(folder).filter((name) => name.endsWith(".json"));
}

/** A recorded webhook; the API's object is under `workflow_run`, `workflow_job` or `pull_request`. */
export function readWebhook(name: string): JsonObject {
	const payload: unknown = JSON.parse(readFileSync(new URL(name, folder), "utf8"));
	if (!isObject(payload)) throw new Error(`${name} is no object.`);
	return payload;
}
