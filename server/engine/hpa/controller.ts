/** Flags and feature gates of kube-controller-manager that the algorithm depends on. */
export interface ControllerSettings {
  /** A change of the ratio up to this share is left alone. */
  readonly tolerance: number;
  /** The scale-down window where an HPA names none. */
  readonly downscaleStabilizationSeconds: number;
  /** So long after a pod's start its CPU samples count only while it is ready. */
  readonly cpuInitializationPeriodSeconds: number;
  /** A pod that turned unready this soon after its start has never been ready. */
  readonly initialReadinessDelaySeconds: number;
  /** Gate HPAConfigurableTolerance: beta and on from 1.35. */
  readonly configurableTolerance: boolean;
  /**
   * What wakes a target from zero replicas. `condition`, from 1.36: the HPA must have put it there itself, as its condition
   * ScaledToZero remembers. `metrics`, before: minReplicas 0 is enough.
   */
  readonly wakesFromZero: "condition" | "metrics";
}

/** Defaults of cmd/kube-controller-manager (flags --horizontal-pod-autoscaler-*), Kubernetes 1.37. */
export const controllerDefaults: ControllerSettings = {
  tolerance: 0.1,
  downscaleStabilizationSeconds: 300,
  cpuInitializationPeriodSeconds: 300,
  initialReadinessDelaySeconds: 30,
  configurableTolerance: true,
  wakesFromZero: "condition",
};

/** Seconds between two syncs of one HPA (--horizontal-pod-autoscaler-sync-period). */
export const syncPeriodSeconds = 15;
