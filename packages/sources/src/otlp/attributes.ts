import { listOf, objectOf, textOf } from "../json/json-object.ts";

/** Attributes that are texts, numbers or truths, as text. Whole objects and lists, as prompts are, are left out. */
export type Attributes = ReadonlyMap<string, string>;

const kinds = ["stringValue", "intValue", "doubleValue", "boolValue"];

/**
 * Reads `[{ key, value: { stringValue | intValue | … } }]`; whole numbers of 64 bits may be numbers or texts.
 * Format: https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding
 */
export function attributesOf(list: unknown): Attributes {
	return new Map(
		listOf(list).flatMap((each) => {
			const { key, value } = objectOf(each) ?? {};
			const text = kinds.map((kind) => textOf(objectOf(value)?.[kind])).find((found) => found !== undefined);
			return typeof key === "string" && text !== undefined ? [[key, text] as const] : [];
		}),
	);
}

/** The first of some attributes that is there. */
export function firstOf(attributes: Attributes, ...names: readonly string[]): string | undefined {
	return names.map((name) => attributes.get(name)).find((text) => text !== undefined);
}
