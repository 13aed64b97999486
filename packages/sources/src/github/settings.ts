import { percentage, setting } from "@tidemark/core";
import { z } from "zod";

/** The settings of all sources `github:*`; they share one client. */
export const githubSettings = z.object({
	repositories: setting(z.array(z.string()).default([]), {
		env: "GITHUB_REPOSITORY",
		flag: "repo <owner/name>",
		words:
			'Repositories: acme/app, or "acme/*" for all of an owner that are not archived. Default: the git remote origin, if there is a token.',
		positional: true,
		many: true,
	}),
	token: setting(z.string().optional(), {
		env: "GITHUB_TOKEN",
		flag: "github-token <token>",
		words: "A token that may read Actions, contents and pull requests. In a workflow: github.token.",
		secret: true,
	}),
	personalToken: setting(z.string().optional(), {
		env: "GITHUB_PERSONAL_TOKEN",
		flag: "personal-token <token>",
		words: "Used if there is no GITHUB_TOKEN. Without either, the GitHub CLI is asked (gh auth token).",
		secret: true,
	}),
	apiUrl: setting(z.url().default("https://api.github.com"), {
		env: "GITHUB_API_URL",
		flag: "api-url <url>",
		words: "The API of a GitHub Enterprise Server: https://github.example.com/api/v3.",
	}),
	keepFree: setting(percentage.refine((share) => share < 1, "it should be under 100%").prefault("25%"), {
		env: "GITHUB_KEEP_FREE",
		flag: "keep-free <percent>",
		words:
			"The share of the token's requests per hour that is left to others. What does not fit waits for the next run.",
	}),
	maxRequests: setting(z.coerce.number().int().positive().optional(), {
		env: "GITHUB_MAX_REQUESTS",
		flag: "max-requests <number>",
		words: "Requests to GitHub in one run at most. What does not fit waits for the next run.",
	}),
});

export type GithubConfig = z.infer<typeof githubSettings>;
