// Writes the workflows of the README into a folder, as a reader would paste them: readme-workflows.ts <folder>.
// They use the local Action instead of the release, so that their inputs are checked against action.yml.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { readText } from "./marked-text.ts";

const [folder = "."] = process.argv.slice(2);
const blocks = [...readText("README.md").matchAll(/^```yaml\n([\s\S]*?)^```/gm)].map(([, text = ""]) => text);
const [whole = "", ...steps] = blocks;
const [head = ""] = whole.split(/^ {4}steps:\n/m);
for (const [index, text] of [whole, ...steps.map((each) => head + each)].entries()) {
	if (!text.includes("uses: OWNER/tidemark@v1"))
		throw new Error(`Workflow ${index + 1} of the README does not use the Action.`);
	writeFileSync(
		join(folder, `readme-${index + 1}.yml`),
		text.replace("OWNER/tidemark@v1", "./ # zizmor: ignore[self-repository]"),
	);
}
