import type { Reporter } from "@tidemark/core";
import { type Draft, type ExportRequest, type PortkeyClient, Refusal } from "./client.ts";
import type { PortkeyConfig } from "./settings.ts";

/** Without these a log is none. */
const neededFields = ["id", "created_at"];

const figureFields = [
	"trace_id",
	"is_success",
	"ai_org",
	"ai_model",
	"req_units",
	"res_units",
	"total_units",
	"request_url",
	"cost",
	"cost_currency",
	"response_time",
	"response_status_code",
	"mode",
	"config",
	"prompt_slug",
	"metadata",
];

/** Whole bodies, with everything that was said. They also have cached tokens and errors. */
const textFields = ["request", "response"];

/** Which fields are asked for: texts only where they are wanted, and nothing that the workspace does not give away. */
export class ExportFields {
	readonly #client: PortkeyClient;
	readonly #report: Pick<Reporter, "warn">;
	#fields: readonly string[];

	constructor(
		client: PortkeyClient,
		{ storePrompts }: Pick<PortkeyConfig, "storePrompts">,
		report: Pick<Reporter, "warn">,
	) {
		this.#client = client;
		this.#report = report;
		this.#fields = [...neededFields, ...figureFields, ...(storePrompts ? textFields : [])];
	}

	/** @throws Refusal where PortKey refuses it for another reason than its fields */
	async draft(window: Omit<ExportRequest, "fields">): Promise<Draft> {
		try {
			return await this.#client.create({ ...window, fields: this.#fields });
		} catch (error) {
			if (!(error instanceof Refusal) || error.status === 401) throw error;
			const denied = await this.#denied();
			if (denied.length === 0) throw error;
			this.#fields = this.#fields.filter((field) => !denied.includes(field));
			this.#report.warn(`PortKey's workspace does not give away ${denied.join(", ")}: the logs are read without.`);
			return await this.#client.create({ ...window, fields: this.#fields });
		}
	}

	/** Those asked for that the workspace denies; never those without which there is nothing to store. */
	async #denied(): Promise<string[]> {
		const denied = await this.#client.deniedFields();
		return this.#fields.filter((field) => denied.includes(field) && !neededFields.includes(field));
	}
}
