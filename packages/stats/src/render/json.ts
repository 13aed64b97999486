import { formatJson } from "@tidemark/text";
import type { Block, Cell, Column, Document, Json, Part } from "../documents/document.ts";

/**
 * A document as JSON under stable snake_case names. Every part is always there. Numbers are raw: rates from 0 to 1,
 * everything else in the unit of its name; instants are ISO 8601 in UTC; what is not known is null.
 */
export function renderJson({ data, parts }: Document): string {
	return formatJson(Object.assign({}, data, ...parts.map(partJson)));
}

function partJson({ name, data, blocks }: Part): Json {
	return nest(name, Object.assign({}, data, ...blocks.map(blockJson)));
}

function nest(name: string | undefined, json: unknown): Json {
	return name === undefined ? (json as Json) : { [name]: json };
}

function blockJson(block: Block): Json {
	switch (block.kind) {
		case "figures":
			return nest(block.name, block.values);
		case "table":
			return block.name ? { [block.name]: block.rows?.map((row) => rowJson(block.columns, row)) ?? null } : {};
		case "remarks":
			return block.data ?? {};
		default:
			return {};
	}
}

function rowJson(columns: readonly Column[], row: readonly Cell[]): Json {
	const named = columns.map(({ name }, index) => [name, row[index]?.value ?? null] as const);
	return Object.fromEntries(named.filter(([name]) => name !== undefined));
}
