export interface Redactor {
	/** The text with `***` for every form of every secret. For messages only: a figure or a name is never redacted. */
	redact(text: string): string;
	/** What is searched for, the longest first. */
	readonly forms: readonly string[];
	/** How many secrets are too short to be hidden; the user hears of it once. */
	readonly tooShort: number;
}

/** A shorter secret would blot out ordinary words and numbers, and can be guessed anyway. */
const minLength = 6;

/**
 * Hides secrets in errors, warnings, log lines and annotations: as they are, each line of them, URL-encoded, in base64 and
 * escaped for JSON.
 */
export function createRedactor(secrets: Iterable<string>): Redactor {
	const given = [...new Set(Array.from(secrets, (secret) => secret.trim()))].filter((secret) => secret !== "");
	const long = given.filter((secret) => secret.length >= minLength);
	const parts = long.flatMap((secret) => [secret, ...secret.split(/\r?\n/).map((line) => line.trim())]);
	const forms = [...new Set(parts.filter((part) => part.length >= minLength).flatMap(listForms))].sort(
		// The longest first: what contains another must not be left with an end of it.
		(one, other) => other.length - one.length,
	);
	const pattern = new RegExp(forms.map((form) => form.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")).join("|"), "g");
	return {
		redact: (text) => (forms.length === 0 ? text : text.replace(pattern, "***")),
		forms,
		tooShort: given.length - long.length,
	};
}

/** As it is, as an address or a header carries it, and as an address carries those again. */
function listForms(secret: string): string[] {
	const forms = [secret, encodeURIComponent(secret.toWellFormed()), Buffer.from(secret).toString("base64")];
	return [...forms, ...forms.slice(1).map(encodeURIComponent), JSON.stringify(secret).slice(1, -1)];
}

/**
 * The password of an address in each form in which it may be printed: as it is read, and as it was meant if a special
 * character is not encoded, up to the last @. Empty without a password.
 */
export function listUrlSecrets(url: string): string[] {
	const passwords = [URL.canParse(url) ? new URL(url).password : "", /^[^:]+:\/\/[^:/?#]*:(.*)@/s.exec(url)?.[1] ?? ""];
	const forms = passwords.flatMap((password) => [password, decoded(password), encodeURIComponent(decoded(password))]);
	return [...new Set(forms)].filter((form) => form !== "");
}

function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

/** Keys as providers make them, what follows "Bearer", long runs of letters and digits, addresses of machines and people. */
const shapes = [
	/\b(?:sk|pk|rk|key|ghp|gho|ghs|xox[abps]|glpat|hf|gsk|github_pat)[-_][\w*-]{4,}/gi,
	/\bBearer\s+\S+/gi,
	/\b(?:AKIA|AIza)[\w-]{8,}/g,
	/\b[\w+/=-]{40,}/g,
	/\b\d{1,3}(?:\.\d{1,3}){3}\b/g,
	/\b[\w.+-]+@[\w-]+\.[\w.]+/g,
	/\/\/[^\s/@]+@/g,
];

/** Hides what looks like a secret or a person, in words that come from a service and are to be stored. */
export function scrubTokens(text: string): string {
	return shapes.reduce((rest, shape) => rest.replace(shape, "***"), text);
}
