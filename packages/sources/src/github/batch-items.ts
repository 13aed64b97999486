import type { Item, Page } from "@tidemark/core";

/** Pages of single items. What was asked for is handed over even if asking ends with an error: nothing is asked for twice. */
export async function* batchItems<Cursor>(items: AsyncIterable<Item>, size: number): AsyncIterable<Page<Cursor>> {
	let batch: Item[] = [];
	try {
		for await (const item of items) {
			batch.push(item);
			if (batch.length < size) continue;
			const full = batch;
			batch = [];
			yield { items: full };
		}
	} catch (error) {
		if (batch.length > 0) yield { items: batch };
		throw error;
	}
	if (batch.length > 0) yield { items: batch };
}
