import type { Range } from "../../../text/lines.ts";

interface Said {
  readonly message: string;
  readonly range: Range;
  readonly rendered?: true;
}

/** Where the place is not in the file that a service shows, the message says the line. */
export function messageOf({ message, range, rendered }: Said): string {
  return rendered ? `${message} (line ${range.start.line + 1} as rendered)` : message;
}
