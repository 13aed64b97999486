import { randomUUID } from "node:crypto";
import type { Clock } from "../clock.ts";
import { ApiError } from "./api-error.ts";
import { formatLine, type PortkeyLog } from "./log.ts";
import type { Switches } from "./switches.ts";

/** How many logs one export holds. */
const maxLogs = 50_000;

/** The body of a request for an export, as far as the contract has proved it. */
export interface ExportBody {
	readonly filters: {
		readonly time_of_generation_min?: string;
		readonly time_of_generation_max?: string;
		readonly page_size?: number;
		readonly current_page?: number;
	};
	readonly requested_data: readonly string[];
	readonly description?: string;
	readonly workspace_id?: string;
}

export interface Export {
	readonly id: string;
	readonly body: ExportBody;
	readonly createdAt: string;
	/** In the words of the contract. */
	status: "draft" | "in_progress" | "success" | "failed" | "stopped";
	polls: number;
	/** Made when it is started. */
	lines: readonly string[];
}

/** A workspace, known by its slug; with its id the service finds nothing. */
export const workspace = { slug: "ws-demo-1a2b3c", id: "5d2f0c52-9a4f-4f6e-8d3c-6a1f2b3c4d5e" } as const;

const organisation = "0f8fad5b-d9cb-469f-a165-70867728950e";

/** The exports of one service. */
export class Exports {
	readonly list: Export[] = [];
	readonly #logs: PortkeyLog[];
	readonly #switches: Switches;
	readonly #clock: Clock;

	constructor(logs: PortkeyLog[], switches: Switches, clock: Clock) {
		this.#logs = logs;
		this.#switches = switches;
		this.#clock = clock;
	}

	create(body: ExportBody) {
		const { description, requested_data, workspace_id } = body;
		// The specification calls it optional, but the service does not.
		if (!description) throw new ApiError(400, "description is required");
		const denied = requested_data.filter((field) => this.#switches.deniedFields.includes(field));
		if (denied.length > 0) throw new ApiError(400, `Access to the following fields is denied: ${denied.join(", ")}`);
		const isKnown = workspace_id === undefined || workspace_id === workspace.slug || workspace_id === workspace.id;
		if (!isKnown) throw new ApiError(500);
		const total = this.#matching(body).length;
		const made: Export = {
			id: randomUUID(),
			body,
			createdAt: this.#clock.iso(),
			status: "draft",
			polls: 0,
			lines: [],
		};
		this.list.push(made);
		return { id: made.id, total, object: "export" };
	}

	start(id: string) {
		const found = this.get(id);
		if (found.status !== "draft") throw new ApiError(400, `Export is ${found.status}`);
		const { page_size = maxLogs, current_page = 0 } = found.body.filters;
		const size = Math.min(page_size, maxLogs);
		const logs = this.#matching(found.body).slice(current_page * size, (current_page + 1) * size);
		found.lines = logs.map((log) => formatLine(log, found.body.requested_data));
		found.status = "in_progress";
		return { message: "Export started", object: "export" };
	}

	/** Shows an export; each look brings it nearer to its end. */
	show(id: string) {
		const found = this.get(id);
		if (found.status === "in_progress" && ++found.polls > this.#switches.polls) {
			found.status = /^(success|completed)$/i.test(this.#switches.endsAs) ? "success" : "failed";
		}
		return showExport(found);
	}

	all() {
		return { object: "list", total: this.list.length, data: this.list.map(showExport) };
	}

	cancel(id: string) {
		const found = this.get(id);
		if (found.status === "draft") throw new ApiError(400, "Export was never started");
		found.status = "stopped";
		return { message: "Export cancelled", object: "export" };
	}

	get(id: string): Export {
		const found = this.list.find((each) => each.id === id);
		if (!found) throw new ApiError(404);
		return found;
	}

	/** In order of time; the window's end is not in it. */
	#matching({ filters, workspace_id }: ExportBody): PortkeyLog[] {
		if (workspace_id === workspace.id) return [];
		const from = Date.parse(filters.time_of_generation_min ?? "1970-01-01T00:00:00Z");
		const to = Date.parse(filters.time_of_generation_max ?? "9999-01-01T00:00:00Z");
		return this.#logs.filter(({ at }) => at >= from && at < to).sort((left, right) => left.at - right.at);
	}
}

function showExport({ id, body, status, createdAt }: Export) {
	return {
		id,
		organisation_id: organisation,
		filters: body.filters,
		requested_data: body.requested_data,
		status,
		description: body.description,
		created_at: createdAt,
		last_updated_at: createdAt,
		created_by: organisation,
		workspace_id: workspace.id,
		object: "export",
	};
}
