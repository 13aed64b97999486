import { z } from "zod";

const linked = z.object({
	sha: z.string(),
	parents: z.array(z.object({ sha: z.string() })).nullish(),
	commit: z.object({ committer: z.object({ date: z.string() }).nullish() }).nullish(),
});

/**
 * The commits that a new head reaches and that are not known, from page to page of its history.
 *
 * By reachability, not by date: what is merged late has old dates, and what was force-pushed has new names. As every
 * known commit was stored after its parents, nothing behind a known one can be missing.
 */
export class Walk {
	readonly #known: ReadonlySet<string>;
	readonly #listed = new Map<string, { readonly raw: unknown; readonly parents: readonly string[] }>();

	constructor(known: ReadonlySet<string>) {
		this.#known = known;
	}

	/** Takes in the next page. */
	add(page: readonly unknown[]): void {
		for (const raw of page) {
			const { data } = linked.safeParse(raw);
			if (!data) continue;
			this.#listed.set(data.sha, { raw, parents: data.parents?.map(({ sha }) => sha) ?? [] });
		}
	}

	/** Whether a commit that is reached was neither listed nor is known: it is further down, or older than is wanted. */
	get isOpen(): boolean {
		return this.#reach().isOpen;
	}

	/** What is new, parents before their children. */
	get found(): unknown[] {
		const { reached } = this.#reach();
		return [...this.#listed]
			.filter(([sha]) => reached.has(sha))
			.map(([, { raw }]) => raw)
			.reverse();
	}

	#reach(): { reached: ReadonlySet<string>; isOpen: boolean } {
		const reached = new Set<string>();
		// The head was listed first.
		const left = [...this.#listed.keys()].slice(0, 1);
		let isOpen = false;
		for (let sha = left.pop(); sha !== undefined; sha = left.pop()) {
			if (reached.has(sha) || this.#known.has(sha)) continue;
			const commit = this.#listed.get(sha);
			if (!commit) {
				isOpen = true;
				continue;
			}
			reached.add(sha);
			left.push(...commit.parents);
		}
		return { reached, isOpen };
	}
}

/** Whether a page lies wholly before a time: nothing below it is wanted. */
export function isBefore(page: readonly unknown[], floor: string | null): boolean {
	if (floor === null) return false;
	return page.every((raw) => (linked.safeParse(raw).data?.commit?.committer?.date ?? "") < floor);
}
