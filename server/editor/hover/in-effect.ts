/** A key as it counts: what is written, else the default of whoever reads it. */
export interface Effective {
  readonly key: string;
  readonly written: unknown;
  readonly default: string | number;
  readonly unit?: string;
}

/** `In effect: minReplicas 1 (default), maxReplicas 8.` */
export function inEffect(settings: readonly Effective[]): string {
  const said = settings.map(({ key, written, default: byDefault, unit = "" }) => {
    return written === undefined ? `${key} ${byDefault}${unit} (default)` : `${key} ${written}${unit}`;
  });
  return `In effect: ${said.join(", ")}.`;
}
