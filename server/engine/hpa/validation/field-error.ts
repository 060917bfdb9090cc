/** What the API server says of a field, as k8s.io/apimachinery pkg/util/validation/field words it. */
export interface FieldError {
  /** `spec.metrics[0].type` */
  readonly path: string;
  /** The same, to be walked: `["spec", "metrics", 0, "type"]`. */
  readonly keys: readonly (string | number)[];
  readonly type: "Required value" | "Invalid value" | "Unsupported value" | "Forbidden";
  /** All that follows the path: `Invalid value: -1: must be greater than zero`. */
  readonly message: string;
  /** What the message says of the field, without its type and value. */
  readonly detail: string;
}

/** As in a refusal: `spec.maxReplicas: Invalid value: 0: must be greater than 0`. */
export function fieldErrorText({ path, message }: FieldError): string {
  return `${path}: ${message}`;
}

export type Place = readonly (string | number)[];
type Value = string | number | boolean;

export function required(keys: Place, detail = ""): FieldError {
  return { ...placed(keys), type: "Required value", detail, message: joined("Required value", detail) };
}

export function forbidden(keys: Place, detail: string): FieldError {
  return { ...placed(keys), type: "Forbidden", detail, message: joined("Forbidden", detail) };
}

export function invalid(keys: Place, value: Value, detail: string): FieldError {
  const message = joined(`Invalid value: ${JSON.stringify(value)}`, detail);
  return { ...placed(keys), type: "Invalid value", detail, message };
}

export function unsupported(keys: Place, value: Value, supported: readonly string[]): FieldError {
  const detail = `supported values: ${supported.map((text) => JSON.stringify(text)).join(", ")}`;
  const message = joined(`Unsupported value: ${JSON.stringify(value)}`, detail);
  return { ...placed(keys), type: "Unsupported value", detail, message };
}

function joined(head: string, detail: string): string {
  return detail === "" ? head : `${head}: ${detail}`;
}

function placed(keys: Place) {
  let path = "";
  for (const key of keys) path += typeof key === "number" ? `[${key}]` : path === "" ? key : `.${key}`;
  return { path, keys };
}
