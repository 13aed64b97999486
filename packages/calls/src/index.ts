/** What is a call to a model? One raw call, what its words and counts mean, who it is, what it costs, and its row. */
export { callItem } from "./call-item.ts";
export { type Attributes, findAttribute, readGenAiCall } from "./genai-conventions.ts";
export { hashIdentity, identifyRecord } from "./identity.ts";
export { type Call, callKind, parseCall } from "./parse-call.ts";
export { estimateCost, priceVersion, type Usage } from "./prices.ts";
export type { CostUnit, RawCall } from "./raw-call.ts";
export { parseRepositoryName } from "./repository-name.ts";
export { isMissing, parseAmount, parseCost, parseText, parseTokens, parseTruth } from "./values.ts";
