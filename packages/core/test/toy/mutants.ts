import { type ToySource, toySource } from "./toy-source.ts";

/** A source that breaks one promise; the law that has to catch it. */
export interface Mutant {
	readonly breaks: string;
	readonly how: string;
	/** A new one each time: some remember what they have seen. */
	make(): ToySource;
}

export const mutants: readonly Mutant[] = [
	{
		breaks: "is tried on a world of at least three pages and two cursors",
		how: "hands over everything as one page",
		make: () => ({
			...toySource,
			async *read(...given) {
				const pages = await Array.fromAsync(toySource.read(...given));
				const cursor = pages.at(-1)?.cursor;
				yield { items: pages.flatMap(({ items }) => items), ...(cursor && { cursor }) };
			},
		}),
	},
	{
		breaks: "reaches every entry once",
		how: "leaves out the last entry of each page",
		make: () => ({
			...toySource,
			async *read(...given) {
				for await (const page of toySource.read(...given)) yield { ...page, items: page.items.slice(0, -1) };
			},
		}),
	},
	{
		breaks: "a second run over an unchanged world writes nothing and reads little",
		how: "begins anew each time",
		make: () => ({ ...toySource, read: (target, _, context) => toySource.read(target, undefined, context) }),
	},
	{
		breaks: "makes the same rows when its cursors are forgotten",
		how: "numbers the entries of a run instead of knowing them",
		make: () => {
			let number = 0;
			return {
				...toySource,
				async *read(...given) {
					for await (const page of toySource.read(...given)) {
						const items = page.items.map((item) =>
							"entry" in item ? { ...item, entry: { ...Object(item.entry), id: `number-${number++}` } } : item,
						);
						yield { ...page, items };
					}
				},
			};
		},
	},
	{
		breaks: "misses nothing from any of its cursors",
		how: "has a cursor that is a page ahead of its items",
		make: () => ({
			...toySource,
			async *read(...given) {
				const pages = await Array.fromAsync(toySource.read(...given));
				for (const [index, page] of pages.entries()) {
					const cursor = (pages[index + 1] ?? page).cursor;
					yield { items: page.items, ...(cursor && { cursor }) };
				}
			},
		}),
	},
	{
		breaks: "makes the same rows after a crash on any page",
		how: "remembers in memory what it has handed over",
		make: () => {
			let handedOver = 0;
			return {
				...toySource,
				async *read(...given) {
					let count = 0;
					for await (const page of toySource.read(...given)) {
						if (++count <= handedOver) continue;
						handedOver = count;
						yield page;
					}
				},
			};
		},
	},
	{
		breaks: "makes rows of an entry without side effects",
		how: "makes up a part of the row",
		make: () => ({
			...toySource,
			rows: ({ id, at }) => ({
				llm_calls: [{ timestamp: at, source: "toy", sourceId: id, notes: String(Math.random()) }],
			}),
		}),
	},
	{
		breaks: "has cursors that survive being stored",
		how: "keeps a value in its cursor that JSON does not know",
		make: () => ({
			...toySource,
			async *read(...given) {
				for await (const page of toySource.read(...given)) {
					yield { ...page, cursor: { ...(page.cursor ?? { end: 0, lines: 0 }), lines: Number.NaN } };
				}
			},
		}),
	},
	{
		breaks: "keeps what is spoilt as a dead letter and loses nothing beside it",
		how: "leaves out what it cannot read",
		make: () => ({
			...toySource,
			entry: {
				parse: (value) => toySource.entry.parse({ id: "unknown", at: "2026-01-01T00:00:59.000000Z", ...Object(value) }),
			},
			async *read(...given) {
				for await (const page of toySource.read(...given)) {
					yield { ...page, items: page.items.filter((item) => "entry" in item) };
				}
			},
		}),
	},
];
