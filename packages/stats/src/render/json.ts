import { formatJson } from "@tidemark/text";
import type { Block, Document, Json, Part } from "../documents/document.ts";

/**
 * A document as JSON under stable snake_case names. Every part is always there. Numbers are raw: rates from 0 to 1,
 * everything else in the unit of its name; instants are ISO 8601 in UTC; what is not known is null.
 */
export function renderJson({ data, parts }: Document): string {
	const all = parts.map((part): Json => (part.name === null ? partJson(part) : { [part.name]: partJson(part) }));
	return formatJson(Object.assign({}, data, ...all));
}

function partJson({ data, blocks }: Part): Json {
	const named = blocks.map(blockJson);
	return Object.assign({}, data, ...named);
}

function blockJson(block: Block): Json {
	switch (block.kind) {
		case "figures": {
			const values = { ...Object.fromEntries(block.values.map(({ name, value }) => [name, value])), ...block.data };
			return block.name === null ? values : { [block.name]: values };
		}
		case "table": {
			if (block.name === null) return {};
			const rows = block.rows?.map((row) =>
				Object.fromEntries(
					block.columns.flatMap(({ name }, index) => (name === null ? [] : [[name, row[index]?.value ?? null]])),
				),
			);
			return { [block.name]: rows ?? null };
		}
		case "remarks":
			return block.data ?? {};
		default:
			return {};
	}
}
