/** What is out there, in small? A LiteLLM proxy on the loopback interface, with the spend logs that a test gives it. */
export type { Fault } from "../faults.ts";
export { type LitellmProxy, type LitellmProxyOptions, startLitellmProxy } from "./litellm-proxy.ts";
export { createSpendLog, type SpendLog, type SpendLogScript } from "./spend-log.ts";
