/** How is it said? Numbers, times and tables for people; text from outside made harmless; secrets kept out of messages. */
export { cleanPath, cleanText, formatName } from "./clean.ts";
export { csvCell, disarmWorkflowCommands, escapeMarkdown, formatJson } from "./escape.ts";
export { formatCount, formatMoney, formatPercentage, formatSize, pluralize, unknown } from "./numbers.ts";
export { createRedactor, type Redactor, scrubTokens, secretsOfUrl } from "./redactor.ts";
export { type Column, createPainter, formatTable, type Paint, type Style } from "./table.ts";
export { formatDuration, formatElapsed, formatMoment } from "./times.ts";
export { cutEnd, cutStart, displayWidth, flowParts } from "./width.ts";
