import { secretsOfUrl } from "@tidemark/text";

const secretName = /(key|token|secret|password)$/i;

/** Shorter ones would blot out ordinary words. */
const shortestSecret = 8;

/** Passwords in addresses, and whatever goes by the name of a secret, in the environment or as a flag. */
export function redactor(
	given: Readonly<Record<string, string | undefined>>,
	typed: readonly string[],
): (text: string) => string {
	const flags = typed.map((word, index): [string, string] => [typed[index - 1] ?? "", word]);
	const named = [...Object.entries(given), ...flags, ...typed.map((word) => word.split(/=(.*)/s) as [string, string?])];
	const secrets = named.flatMap(([name, value = ""]) => {
		if (value.includes("://")) return secretsOfUrl(value);
		return secretName.test(name) && value.length >= shortestSecret ? [value, encodeURIComponent(value)] : [];
	});
	return (text) => secrets.reduce((redacted, secret) => redacted.replaceAll(secret, "***"), text);
}
