import type { RecordedRequest, SimulatedGithub } from "@tidemark/world/github";

/** The requests of a world from a moment on: take `github.requests.length` before, and give it here. */
export function requestsSince(github: SimulatedGithub, begun: number): readonly RecordedRequest[] {
	return github.requests.slice(begun);
}

/** Path and query of each, as one would type them. */
export function addressesOf(requests: readonly RecordedRequest[]): string[] {
	return requests.map(({ path, query }) => {
		const text = new URLSearchParams(query).toString();
		return text === "" ? path : `${path}?${text}`;
	});
}

/** How often each address was asked for, if that is more than once. */
export function askedTwice(requests: readonly RecordedRequest[]): string[] {
	const addresses = addressesOf(requests);
	return [...new Set(addresses.filter((address, index) => addresses.indexOf(address) !== index))];
}
