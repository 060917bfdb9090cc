import { type FieldError, invalid, type Place } from "./field-error.ts";
import { qualifiedNameFaults } from "./names.ts";

/** pkg/apis/core/v1/helper: names without a domain that mean something. */
const ofContainers = new Set(["cpu", "memory", "ephemeral-storage"]);
const ofQuotas = new Set([
  ...["requests.cpu", "requests.memory", "requests.ephemeral-storage", "requests.storage"],
  ...["limits.cpu", "limits.memory", "limits.ephemeral-storage"],
  ...["storage", "pods", "resourcequotas", "services", "replicationcontrollers", "secrets", "configmaps"],
  ...["persistentvolumeclaims", "services.nodeports", "services.loadbalancers"],
]);

/** pkg/apis/core/v1/validation ValidateContainerResourceName */
export function containerResourceNameErrors(name: string, at: Place): readonly FieldError[] {
  const errors = resourceNameErrors(name, at);
  const huge = name.startsWith("hugepages-");
  if (!name.includes("/"))
    return ofContainers.has(name) || huge
      ? errors
      : [...errors, invalid(at, name, "must be a standard resource for containers")];
  return isNative(name) || isExtended(name)
    ? errors
    : [...errors, invalid(at, name, "doesn't follow extended resource name standard")];
}

function resourceNameErrors(name: string, at: Place): readonly FieldError[] {
  const faults = qualifiedNameFaults(name);
  if (faults.length > 0) return faults.map((fault) => invalid(at, name, fault));
  const huge = name.startsWith("hugepages-") || name.startsWith("requests.hugepages-");
  if (name.includes("/") || ofContainers.has(name) || ofQuotas.has(name) || huge) return [];
  return [invalid(at, name, "must be a standard resource type or fully qualified")];
}

function isNative(name: string): boolean {
  return !name.includes("/") || name.includes("kubernetes.io/");
}

/** A quota asks for it as `requests.<name>`; that must be a name too. */
function isExtended(name: string): boolean {
  return !name.startsWith("requests.") && qualifiedNameFaults(`requests.${name}`).length === 0;
}
