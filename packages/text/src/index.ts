/** How is it said? Numbers, times and tables for people; text from outside made harmless; secrets kept out of messages. */
export { cleanPath, cleanText, formatName } from "./clean.ts";
export { disarmWorkflowCommands, escapeMarkdown, formatCsvCell, formatJson } from "./escape.ts";
export { formatCount, formatMoney, formatPercentage, formatSize, pluralize, unknown } from "./numbers.ts";
export { createRedactor, listUrlSecrets, type Redactor, scrubTokens } from "./redactor.ts";
export { type Column, createPainter, formatTable, type Paint, type Style } from "./table.ts";
export { formatDuration, formatElapsed, formatMoment } from "./times.ts";
export { cutEnd, cutStart, flowParts, measureWidth } from "./width.ts";
