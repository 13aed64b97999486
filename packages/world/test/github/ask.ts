import type { SimulatedGithub } from "../../src/github/index.ts";

export interface Asked {
	readonly status: number;
	readonly headers: Headers;
	readonly body: unknown;
}

/** GETs a path of the API, or a whole address, as `test-token` if no other headers are given. */
export async function ask(
	github: SimulatedGithub,
	path: string,
	headers: Record<string, string> = { authorization: "Bearer test-token" },
): Promise<Asked> {
	const response = await fetch(path.startsWith("http") ? path : github.url + path, { headers, redirect: "manual" });
	const text = await response.text();
	return { status: response.status, headers: response.headers, body: text === "" ? undefined : JSON.parse(text) };
}

/** The values of one field in a list, or in the list of an object that has one. */
export function readField(body: unknown, name: string): unknown[] {
	const lists = Array.isArray(body) ? [body] : Object.values(Object(body)).filter(Array.isArray);
	return lists.flat().map((row: unknown) => Object(row)[name]);
}

/** The addresses of a Link header by their relation. */
export function readLinks({ headers }: Asked): Record<string, string> {
	const links = [...(headers.get("link") ?? "").matchAll(/<([^>]+)>; rel="(\w+)"/g)];
	return Object.fromEntries(links.map(([, address = "", relation = ""]) => [relation, address]));
}

/** POSTs a query as `test-token`. */
export async function query(github: SimulatedGithub, text: string, variables: object = {}): Promise<Asked> {
	const response = await fetch(`${github.url}/graphql`, {
		method: "POST",
		headers: { authorization: "Bearer test-token", "content-type": "application/json" },
		body: JSON.stringify({ query: text, variables }),
	});
	return { status: response.status, headers: response.headers, body: await response.json() };
}

/** `2026-03-01T00:00:00Z` and so many seconds. */
export function second(count: number): string {
	return new Date(Date.parse("2026-03-01T00:00:00Z") + count * 1000).toISOString();
}
