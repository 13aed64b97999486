import { chmodSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { isOpenToAll, unprivileged } from "../../src/testing/server-owner.ts";
import { temporaryDirectory } from "../../src/testing/temporary-directory.ts";

const root = "root:x:0:0:root:/root:/bin/bash";
const nobody = "nobody:x:65534:65533:nobody:/nonexistent:/usr/sbin/nologin";
const postgres = "postgres:x:101:104:PostgreSQL administrator:/var/lib/postgresql:/bin/bash";

describe("unprivileged", () => {
	test("prefers the user made for PostgreSQL", () => {
		expect(unprivileged([root, nobody, postgres].join("\n"))).toEqual({ uid: 101, gid: 104 });
	});

	test("falls back to the user who owns nothing", () => {
		expect(unprivileged([root, nobody].join("\n"))).toEqual({ uid: 65_534, gid: 65_533 });
	});

	test("finds nobody in an empty file", () => {
		expect(unprivileged(root)).toBeUndefined();
	});
});

describe("isOpenToAll", () => {
	test("looks at every folder on the way", () => {
		const closed = temporaryDirectory();
		const inside = join(closed, "inside");
		mkdirSync(inside);
		chmodSync(inside, 0o755);
		chmodSync(closed, 0o700);
		expect(isOpenToAll("/")).toBe(true);
		expect(isOpenToAll(inside)).toBe(false);
	});
});
