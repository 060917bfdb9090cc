export function isMarkdownName(name: string): boolean {
  return /\.(?:md|markdown)$/i.test(name);
}
