/** What is a call to a model? One raw call, what its words and counts mean, who it is, what it costs, and its row. */
export { type Attributes, findAttribute, readGenAiCall } from "./genai-conventions.ts";
export { hashIdentity, identifyRecord } from "./identity.ts";
export { type Call, makeCallKind, parseCall } from "./parse-call.ts";
export { type CostUnit, callItem, type RawCall } from "./raw-call.ts";
export { parseAmount, parseRepositoryName, parseText } from "./values.ts";
