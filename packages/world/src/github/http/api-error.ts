import type { Reply } from "../../simulator.ts";

/** An answer that is a refusal: GitHub's status and message. */
export class ApiError extends Error {
	override readonly name = "ApiError";
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;

	constructor(status: number, message: string, headers: Readonly<Record<string, string>> = {}) {
		super(message);
		this.status = status;
		this.headers = headers;
	}

	get body(): { message: string; documentation_url: string; status: string } {
		return { message: this.message, documentation_url: "https://docs.github.com/rest", status: String(this.status) };
	}
}

export function notFound(): ApiError {
	return new ApiError(404, "Not Found");
}

export function refuse({ status, headers, body }: ApiError): Reply {
	return { status, headers, body: JSON.stringify(body) };
}
