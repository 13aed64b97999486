import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { GithubConfig } from "../settings.ts";

const run = promisify(execFile);

/** GITHUB_TOKEN, else GITHUB_PERSONAL_TOKEN, else that of the GitHub CLI if it is there and logged in. */
export async function findToken({ token, personalToken, apiUrl }: GithubConfig): Promise<string | undefined> {
	if (token ?? personalToken) return token ?? personalToken;
	try {
		const { stdout } = await run("gh", ["auth", "token", "--hostname", webHost(apiUrl)], { timeout: 5000 });
		return stdout.trim() || undefined;
	} catch {
		return undefined;
	}
}

/** The host that people see, `github.com` for `api.github.com`. */
export function webHost(apiUrl: string): string {
	return new URL(apiUrl).host.replace(/^api\./, "");
}
