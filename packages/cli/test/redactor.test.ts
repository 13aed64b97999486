import { describe, expect, it } from "vitest";
import { redactor } from "../src/redactor.ts";

describe("what is printed", () => {
	it("never shows a password, however it is written", () => {
		const redact = redactor({ DATABASE_URL: "postgresql://me:p%40ss%2Fword@host/db" }, []);
		expect(redact("p%40ss%2Fword and p@ss/word")).toBe("*** and ***");
	});

	it("never shows what goes by the name of a secret, from the environment or as a flag", () => {
		const environment = { PORTKEY_API_KEY: "pk-12345678", GITHUB_TOKEN: "ghs_abcdefgh", HOME: "/home/somebody" };
		const redact = redactor(environment, ["--api-key", "flag/secret", "--token=typed-secret"]);
		expect(redact("pk-12345678 ghs_abcdefgh flag/secret flag%2Fsecret typed-secret /home/somebody")).toBe(
			"*** *** *** *** *** /home/somebody",
		);
	});
});
