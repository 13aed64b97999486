import type { SimulatedGithub } from "../packages/world/src/github/index.ts";

const suitesAtOnce = 50;

const fields = (steps: string) => `query ($ids: [ID!]!) {
	nodes(ids: $ids) {
		... on CheckSuite {
			checkRuns(first: 100, filterBy: { checkType: ALL }) {
				nodes { databaseId name status conclusion startedAt completedAt ${steps} }
			}
		}
	}
}`;

/** What the jobs of some runs would cost by GraphQL, which has no labels, runners, queue times and attempts (docs/decisions/0009). */
export async function costOfGraphql(
	github: SimulatedGithub,
	suites: readonly string[],
	{ withSteps }: { withSteps: boolean },
): Promise<{ requests: number; points: number }> {
	const query = fields(withSteps ? "steps(first: 50) { nodes { name conclusion startedAt completedAt } }" : "");
	const before = github.requests.length;
	for (let start = 0; start < suites.length; start += suitesAtOnce) {
		const ids = suites.slice(start, start + suitesAtOnce);
		const response = await fetch(`${github.url}/graphql`, {
			method: "POST",
			headers: { authorization: "bearer test-token", "content-type": "application/json" },
			body: JSON.stringify({ query, variables: { ids } }),
		});
		const { errors } = (await response.json()) as { errors?: { message: string }[] };
		if (errors?.[0]) throw new Error(errors[0].message);
	}
	const asked = github.requests.slice(before);
	return { requests: asked.length, points: asked.reduce((sum, { points = 0 }) => sum + points, 0) };
}
