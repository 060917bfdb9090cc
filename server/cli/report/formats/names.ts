/** The formats of findings, the usual one first. */
export const formatNames = ["text", "json", "sarif", "junit", "github", "gitlab", "checkstyle", "markdown"] as const;

export type FormatName = (typeof formatNames)[number];
