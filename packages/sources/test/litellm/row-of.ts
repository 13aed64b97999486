import type { Row } from "@tidemark/db";
import type { JsonObject } from "../../src/json/json-object.ts";
import { recordItem } from "../../src/litellm/records.ts";
import { litellm } from "../../src/litellm/source.ts";

/** The row that a record becomes, less what is null. @throws Error where it becomes none, with the reason */
export function rowOf(record: JsonObject, config: { readonly repository?: string } = {}): Partial<Row<"llm_calls">> {
	const item = recordItem(record, "line 1", config.repository);
	if ("spoilt" in item) throw new Error(item.spoilt);
	const [row] = litellm.rows(litellm.entry.parse(item.entry)).llm_calls ?? [];
	return Object.fromEntries(Object.entries(row ?? {}).filter(([, value]) => value !== null));
}
