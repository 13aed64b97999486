/** A page as it was asked for: GitHub takes nonsense for the default and more than 100 for 100. */
export interface Page {
	readonly page: number;
	readonly perPage: number;
}

export function readPage(query: URLSearchParams): Page {
	return {
		page: Math.max(1, whole(query.get("page")) ?? 1),
		perPage: Math.min(100, Math.max(1, whole(query.get("per_page")) ?? 30)),
	};
}

function whole(text: string | null): number | undefined {
	return text !== null && /^\d+$/.test(text) ? Number(text) : undefined;
}

export function takePage<Row>(rows: readonly Row[], { page, perPage }: Page): readonly Row[] {
	return rows.slice((page - 1) * perPage, page * perPage);
}

/**
 * The Link header of a page, or undefined if everything fits on one.
 * @param path the list's address without its query; GitHub itself writes /repositories/{id} there, whatever was asked
 * @param reachable how many rows can be paged to, which may be fewer than there are
 */
export function formatLinks(
	path: string,
	query: URLSearchParams,
	{ page, perPage }: Page,
	reachable: number,
): string | undefined {
	const last = Math.max(1, Math.ceil(reachable / perPage));
	const links: string[] = [];
	const add = (relation: string, target: number): void => {
		const params = new URLSearchParams(query);
		params.set("page", String(target));
		links.push(`<${path}?${params}>; rel="${relation}"`);
	};
	if (page > 1) add("prev", Math.min(page - 1, last));
	if (page < last) {
		add("next", page + 1);
		add("last", last);
	}
	if (page > 1) add("first", 1);
	return links.length > 0 ? links.join(", ") : undefined;
}
