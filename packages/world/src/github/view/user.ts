import { encodeNodeId, type JsonObject } from "./json.ts";

const suffixes: Readonly<Record<string, string>> = {
	followers_url: "/followers",
	following_url: "/following{/other_user}",
	gists_url: "/gists{/gist_id}",
	starred_url: "/starred{/owner}{/repo}",
	subscriptions_url: "/subscriptions",
	organizations_url: "/orgs",
	repos_url: "/repos",
	events_url: "/events{/privacy}",
	received_events_url: "/received_events",
};

/** An account as the API shows it wherever it is mentioned. */
export function showUser(
	login: string,
	apiUrl: string,
	type: "User" | "Bot" | "Organization" = guessType(login),
): JsonObject {
	const id = hashLogin(login);
	const url = `${apiUrl}/users/${encodeURIComponent(login)}`;
	return {
		login,
		id,
		node_id: encodeNodeId("U", id),
		avatar_url: `https://avatars.githubusercontent.com/u/${id}?v=4`,
		gravatar_id: "",
		url,
		html_url: `https://github.com/${encodeURIComponent(login)}`,
		...Object.fromEntries(Object.entries(suffixes).map(([name, suffix]) => [name, url + suffix])),
		type,
		user_view_type: "public",
		site_admin: false,
	};
}

function guessType(login: string): "User" | "Bot" {
	return login.endsWith("[bot]") ? "Bot" : "User";
}

/** An id that is the same for the same login (FNV-1a, 28 bits); cheap, because every row mentions accounts. */
function hashLogin(login: string): number {
	let hash = 0x811c9dc5;
	for (const letter of login.toLowerCase()) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
	return hash >>> 4;
}
