/** The scalers that once had a name for their metric, which nobody asked for. Others still read a key of that name. */
const scalers = new Set([
  "azure-blob",
  "azure-log-analytics",
  "cassandra",
  "couchdb",
  "graphite",
  "influxdb",
  "mongodb",
  "mssql",
  "postgresql",
  "prometheus",
  "rabbitmq",
]);

/** Whether triggers of this type had a `metricName` up to KEDA 2.11, and no longer read it. */
export function namedItsMetric(type: string): boolean {
  return scalers.has(type);
}
