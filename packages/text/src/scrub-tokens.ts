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
