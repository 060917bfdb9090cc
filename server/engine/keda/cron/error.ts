/** A schedule that KEDA's cron trigger refuses. */
export class CronError extends Error {
  override readonly name = "CronError";
}
