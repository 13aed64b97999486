import type { Given } from "@tidemark/core";
import { secretsOfUrl } from "@tidemark/text";
import { inputList } from "./input-list.ts";

/** A shorter line of a secret would blot out ordinary words. */
const shortestLine = 4;

/** Every form in which a secret of the settings could come to be printed: whole, each line of it, and as others encode it. */
export function secretsIn({ environment }: Given): string[] {
	const secrets = inputList.flatMap(({ setting }) => {
		const value = setting?.secret ? environment[setting.env]?.trim() : undefined;
		return value ? [value] : [];
	});
	const forms = secrets.flatMap((secret) => {
		const lines = secret.split(/\r?\n/).map((line) => line.trim());
		const parts = [...lines.filter((line) => line.length >= shortestLine), ...secretsOfUrl(secret)];
		return [secret, ...parts].flatMap((part) => [
			part,
			encodeURIComponent(part),
			JSON.stringify(part).slice(1, -1),
			Buffer.from(part).toString("base64"),
		]);
	});
	// The longer first, so that what contains another is not left with an end of it.
	return [...new Set(forms)].sort((left, right) => right.length - left.length);
}

/** A text without those secrets. */
export function without(secrets: readonly string[], text: string): string {
	return secrets.reduce((rest, secret) => rest.replaceAll(secret, "***"), text);
}
