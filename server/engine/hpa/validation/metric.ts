import { type FieldError, forbidden, type Place, required, unsupported } from "./field-error.ts";
import { type Fields, field, fieldsAt, fieldsOf, textAt } from "./read.ts";
import type { ReferenceOptions } from "./reference.ts";
import { containerResourceErrors, externalErrors, objectErrors, podsErrors, resourceErrors } from "./sources.ts";

/** Metric types and the fields that hold their bodies, in the order in which bodies are looked at. */
const bodies = [
  ["Object", "object"],
  ["External", "external"],
  ["Pods", "pods"],
  ["Resource", "resource"],
  ["ContainerResource", "containerResource"],
] as const;
const types = bodies.map(([type]) => type).sort();

/** validation.go validateMetricSpec. Of several bodies only the first is looked into. */
export function metricErrors(metric: unknown, at: Place, options: ReferenceOptions): readonly FieldError[] {
  const fields = fieldsOf(metric);
  const type = textAt(fields, "type");
  const known = bodies.find(([name]) => name === type);
  const present = bodies.map(([, body]) => body).filter((body) => field(fields, body) !== undefined);
  const errors: FieldError[] = [];

  if (type === "") errors.push(required([...at, "type"], "must specify a metric source type"));
  // The server says it twice, before and after it looks for the body.
  if (known === undefined) errors.push(unsupported([...at, "type"], type, types));
  const [first] = present;
  if (first !== undefined) errors.push(...bodyErrors(first, fieldsAt(fields, first), [...at, first], options));
  if (known === undefined) errors.push(unsupported([...at, "type"], type, types));
  else if (!present.includes(known[1]))
    errors.push(required([...at, known[1]], "must populate information for the given metric source"));
  if (present.length > 1)
    for (const body of present)
      if (body !== known?.[1]) errors.push(forbidden([...at, body], "must populate the given metric source only"));
  return errors;
}

function bodyErrors(
  body: (typeof bodies)[number][1],
  source: Fields | undefined,
  at: Place,
  options: ReferenceOptions,
): readonly FieldError[] {
  switch (body) {
    case "object":
      return objectErrors(source, at, options);
    case "external":
      return externalErrors(source, at);
    case "pods":
      return podsErrors(source, at);
    case "resource":
      return resourceErrors(source, at);
    case "containerResource":
      return containerResourceErrors(source, at);
  }
}
