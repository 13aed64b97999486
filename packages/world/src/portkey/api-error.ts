/** The service's codes by status; https://portkey.ai/docs/api-reference/admin-api/error */
const codes: Readonly<Record<number, readonly [code: string, words: string]>> = {
	400: ["AB01", "Invalid request."],
	401: ["AB05", "Unauthorised Request"],
	402: ["AB09", "Your plan does not support this."],
	403: ["AB03", "You do not have enough permissions to execute this request"],
	404: ["AB08", "Resource not found"],
	405: ["AB02", "Method not allowed"],
	429: ["AB06", "Too many requests"],
};

/** The refusal of a request. */
export class ApiError extends Error {
	readonly status: number;

	constructor(status: number, words = "") {
		super(words);
		this.status = status;
	}
}

export function formatError(status: number, words = "") {
	const [errorCode, message] = codes[status] ?? ["AB04", "Something went wrong"];
	return { success: false, data: { message: words ? `${message} ${words}` : message, errorCode } };
}
