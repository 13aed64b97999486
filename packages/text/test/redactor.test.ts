import { describe, expect, it, test } from "vitest";
import { createRedactor, listUrlSecrets } from "../src/index.ts";

describe("a redactor", () => {
	it("hides a secret as it is, URL-encoded, in base64 and escaped for JSON", () => {
		const secret = 'p@ss"wo/rd';
		const { redact } = createRedactor([secret]);
		const forms = [secret, "p%40ss%22wo%2Frd", "cEBzcyJ3by9yZA==", 'p@ss\\"wo/rd'];
		expect(forms.map(redact)).toEqual(["***", "***", "***", "***"]);
		expect(["p%2540ss%2522wo%252Frd", "cEBzcyJ3by9yZA%3D%3D"].map(redact)).toEqual(["***", "***"]);
		expect(redact(`wrong: ${secret}, ${secret}!`)).toBe("wrong: ***, ***!");
	});

	it("hides each line of a secret that has several", () => {
		const { redact, tooShort } = createRedactor(["-----BEGIN KEY-----\nfirst-line\r\nab\n-----END KEY-----"]);
		expect(redact("first-line ab")).toBe("*** ab");
		expect(tooShort).toBe(0);
	});

	it("leaves no end of a secret that contains another", () => {
		const { redact, forms } = createRedactor(["secret", "secret-and-more"]);
		expect(redact("secret-and-more secret")).toBe("*** ***");
		expect(forms[0]?.length).toBeGreaterThanOrEqual(forms.at(-1)?.length ?? 0);
	});

	it("does not search for what is shorter than six characters, and counts it", () => {
		const { redact, forms, tooShort } = createRedactor(["test", "88", "test", "", " 12345 ", "123456"]);
		expect(redact("test 88 ubuntu-latest 12345")).toBe("test 88 ubuntu-latest 12345");
		expect(redact("123456")).toBe("***");
		expect(tooShort).toBe(3);
		expect(forms).not.toContain("test");
	});

	it("takes no secret for a pattern, and hides nothing without secrets", () => {
		expect(createRedactor(["a.c+d*(e"]).redact("abc+d*(e a.c+d*(e")).toBe("abc+d*(e ***");
		expect(createRedactor([]).redact("anything")).toBe("anything");
	});
});

describe("the secrets of a connection URL", () => {
	test.each([
		["nothing without a password", "postgresql://anna@db.example/tide", []],
		["nothing without an address", "tide", []],
		["a plain password once", "postgresql://anna:pw@db.example/tide", ["pw"]],
		["a password as it is and as it is encoded", "postgresql://anna:p%40ss%2F@db.example/tide", ["p%40ss%2F", "p@ss/"]],
		["one that was encoded otherwise", "postgresql://anna:p%40%21@db.example/tide", ["p%40%21", "p@!", "p%40!"]],
		["one that is not encoded at all", "postgresql://anna:p@s/s#1@db.example/tide", ["p@s/s#1", "p%40s%2Fs%231"]],
		["the password of a URL that has another @ in it", "postgresql://anna:pw@db.example/tide?options=a@b", ["pw"]],
	])("are %s", (_, url, secrets) => {
		expect(listUrlSecrets(url)).toEqual(expect.arrayContaining(secrets));
		if (secrets.length === 0) expect(listUrlSecrets(url)).toEqual([]);
	});
});
