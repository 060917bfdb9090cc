/** Text of a document as code: nothing in it becomes markup. */
export function code(text: string): string {
  return `\`${text.replace(/[`\r\n]/g, " ").slice(0, 200)}\``;
}
