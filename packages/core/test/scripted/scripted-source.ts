import { z } from "zod";
import { type Context, type Source, setting } from "../../src/index.ts";

const config = z.object({
	shift: setting(z.coerce.number().default(0), {
		env: "SCRIPTED_SHIFT",
		flag: "shift <hours>",
		words: "Moves every call in time.",
		shapesRows: true,
	}),
	volume: setting(z.coerce.number().default(5), {
		env: "SCRIPTED_VOLUME",
		flag: "volume <number>",
		words: "How loud it plays; no row depends on it.",
	}),
});
// Whatever stands for the time: what is none is for the database to refuse.
const entry = z.object({ id: z.string(), at: z.custom<string>(), status: z.number().optional() });
const cursor = z.object({ next: z.number() });

type Config = z.infer<typeof config>;
type Cursor = z.infer<typeof cursor>;
export type ScriptedEntry = z.infer<typeof entry>;
export type ScriptedSource = Source<Config, Cursor, ScriptedEntry>;

export interface Script {
	readonly name?: string;
	/** What each target holds; may grow between runs. */
	readonly entries: readonly unknown[];
	readonly targets?: readonly string[];
	/** Called before each page is handed over, numbered from 1, and once after the last. */
	readonly before?: (page: number, target: string, context: Context<Config>) => Promise<void> | void;
}

const entriesPerPage = 2;

/** A source that reads what a test has written for it, two entries a page. */
export function scripted({ name = "scripted", entries, targets = ["tape"], before }: Script): ScriptedSource {
	return {
		name,
		idle: "write a script",
		config,
		cursor,
		entry,
		async *targets() {
			for (const target of targets) yield { name: target };
		},
		async *read(target, from, context) {
			const first = from?.next ?? 0;
			let page = 0;
			for (let next = first; next < entries.length; next += entriesPerPage) {
				await before?.(++page, target.name, context);
				const items = entries
					.slice(next, next + entriesPerPage)
					.map((each, index) => ({ at: `entry ${next + index}`, entry: shifted(each, context.config) }));
				yield { items, cursor: { next: next + items.length } };
			}
			await before?.(page + 1, target.name, context);
		},
		rows: ({ id, at, status }) => ({
			llm_calls: [{ timestamp: at, source: name, sourceId: id, httpStatus: status ?? null }],
		}),
	};
}

function shifted(each: unknown, { shift }: Config): unknown {
	const { success, data } = entry.safeParse(each);
	if (!success || shift === 0) return each;
	return { ...data, at: instant(Date.parse(data.at) + shift * 3_600_000) };
}

/** A number of calls, one in each minute of New Year's night. */
export function calls(count: number): ScriptedEntry[] {
	return Array.from({ length: count }, (_, number) => ({
		id: `call-${number}`,
		at: instant(Date.UTC(2026, 0, 1, 0, number)),
	}));
}

/** Milliseconds since 1970 as canonical text. */
export function instant(ms: number): string {
	return new Date(ms).toISOString().replace("Z", "000Z");
}
