import { z } from "zod";
import type { GithubClient } from "./api/client.ts";

/**
 * The ETag of the first page of a list. It holds for one token only: a workflow's own token is another one each time, so
 * that it never helps there (https://github.com/eclipse-csi/otterdog/issues/201).
 */
export const stableEtag = z.object({ value: z.string(), token: z.string() });
export type StableEtag = z.infer<typeof stableEtag>;

export function etagFor(client: GithubClient, etag: StableEtag | undefined): string | undefined {
	return etag?.token === client.tokenFingerprint ? etag.value : undefined;
}

export function etagOf(client: GithubClient, value: string | undefined): { etag?: StableEtag } {
	return value === undefined ? {} : { etag: { value, token: client.tokenFingerprint } };
}
