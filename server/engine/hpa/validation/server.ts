/** What an API server checks, by its version and gates. */
export interface ServerFeatures {
  /** Gate HPAScaleToZero: minReplicas may be 0. */
  readonly scaleToZero: boolean;
  /** `apiVersion` of references must parse, and that of the scale target name a group. */
  readonly checksApiVersion: boolean;
  /** Gate HPAConfigurableTolerance; without it `tolerance` is dropped before anything looks at it. */
  readonly configurableTolerance: boolean;
}

/** The minor version of Kubernetes 1 from which each is so by default (pkg/features, pull request 132537). */
const since: Readonly<Record<keyof ServerFeatures, number>> = {
  checksApiVersion: 34,
  configurableTolerance: 35,
  scaleToZero: 37,
};

export function serverFeatures(minorVersion: number): ServerFeatures {
  return {
    scaleToZero: minorVersion >= since.scaleToZero,
    checksApiVersion: minorVersion >= since.checksApiVersion,
    configurableTolerance: minorVersion >= since.configurableTolerance,
  };
}
