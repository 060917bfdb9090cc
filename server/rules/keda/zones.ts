let zones: readonly string[] | undefined;

/** The time zones of this machine's tz database, to look for a name that was meant. */
export function knownZones(): readonly string[] {
  zones ??= [...Intl.supportedValuesOf("timeZone"), "UTC"];
  return zones;
}
