import { type FieldError, invalid, type Place, required } from "./field-error.ts";
import { pathSegmentFaults } from "./names.ts";
import { type Fields, textAt } from "./read.ts";

export interface ReferenceOptions {
  /** Whatever stands there was there before. */
  readonly allowInvalidApiVersion: boolean;
  /** Objects of the core group have none. */
  readonly allowEmptyApiGroup: boolean;
}

/** validation.go ValidateCrossVersionObjectReference */
export function referenceErrors(
  reference: Fields | undefined,
  at: Place,
  options: ReferenceOptions,
): readonly FieldError[] {
  const errors: FieldError[] = [];
  for (const key of ["kind", "name"]) {
    const text = textAt(reference, key);
    if (text === "") errors.push(required([...at, key]));
    else errors.push(...pathSegmentFaults(text).map((fault) => invalid([...at, key], text, fault)));
  }
  const apiVersion = textAt(reference, "apiVersion");
  const fault = apiVersionFault(apiVersion, options);
  if (fault !== undefined) errors.push(invalid([...at, "apiVersion"], apiVersion, fault));
  return errors;
}

/** validation.go ValidateAPIVersion; schema.ParseGroupVersion takes the empty text and a lone slash for no group and no version. */
export function apiVersionFault(
  apiVersion: string,
  { allowInvalidApiVersion, allowEmptyApiGroup }: ReferenceOptions,
): string | undefined {
  if (allowInvalidApiVersion) return undefined;
  const slash = apiVersion.indexOf("/");
  if (slash !== apiVersion.lastIndexOf("/")) return `unexpected GroupVersion string: ${apiVersion}`;
  return !allowEmptyApiGroup && slash <= 0 ? "apiVersion must specify API group" : undefined;
}
