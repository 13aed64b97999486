const longest = 300;

/** Keys as providers make them, what follows "Bearer", any long run of letters and digits, and addresses. */
const secrets = [
	/\b(?:sk|pk|rk|key|ghp|gho|ghs|xox[abps]|glpat|hf|gsk|github_pat)[-_][\w*-]{4,}/gi,
	/\bBearer\s+\S+/gi,
	/\b(?:AKIA|AIza)[\w-]{8,}/g,
	/\b[\w+/=-]{40,}/g,
	/\b\d{1,3}(?:\.\d{1,3}){3}\b/g,
	/\b[\w.+-]+@[\w-]+\.[\w.]+/g,
	/\/\/[^\s/@]+@/g,
];

/**
 * What went wrong, fit to be stored: the first line only, because a traceback and sometimes the request itself follow,
 * and without what looks like a key or an address.
 */
export function errorWords(text: string | undefined): string | undefined {
	const line = text?.trimStart().split("\n")[0]?.trim();
	if (!line) return undefined;
	// Cut once before, so that nobody pays for a message of megabytes, and once behind.
	const scrubbed = secrets.reduce((rest, secret) => rest.replace(secret, "***"), line.slice(0, longest * 4));
	return scrubbed.length > longest ? `${scrubbed.slice(0, longest)}…` : scrubbed;
}
