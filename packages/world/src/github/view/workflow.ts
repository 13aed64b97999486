import { encodeNodeId, formatTime, type JsonObject } from "./json.ts";
import type { RepositoryFacts } from "./repository.ts";

export interface Workflow {
	readonly id: number;
	readonly name: string | null;
	readonly path: string;
	readonly state?: "active" | "deleted" | "disabled_fork" | "disabled_inactivity" | "disabled_manually";
}

/** A workflow as the list shows it; a later name under the same id replaces the earlier one. */
export function showWorkflow({ id, name, path, state = "active" }: Workflow, repository: RepositoryFacts): JsonObject {
	const { apiUrl, fullName, createdAt } = repository;
	const file = path.split("/").at(-1) ?? path;
	return {
		id,
		node_id: encodeNodeId("W", id),
		name: name ?? path,
		path,
		state,
		created_at: formatTime(createdAt),
		updated_at: formatTime(createdAt),
		url: `${apiUrl}/repos/${fullName}/actions/workflows/${id}`,
		html_url: `https://github.com/${fullName}/blob/main/${path}`,
		badge_url: `https://github.com/${fullName}/workflows/${encodeURIComponent(file)}/badge.svg`,
	};
}
