/** What would PortKey answer? A simulation of its log exports that imports nothing of ours. */

export type { Fault } from "../faults.ts";
export { workspace } from "./exports.ts";
export { formatDateText, formatLine, type PortkeyLog } from "./log.ts";
export { type LogsOptions, makeLogs } from "./make-logs.ts";
export { type PortkeyOptions, type PortkeyWorld, startPortkey } from "./start-portkey.ts";
export type { Switches } from "./switches.ts";
