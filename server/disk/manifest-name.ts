/** What a walk looks for when the command line says nothing else. */
export function isManifestName(name: string): boolean {
  return name.endsWith(".yaml") || name.endsWith(".yml");
}
