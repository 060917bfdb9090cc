import type { NamedTarget } from "../../graph/references/reference.ts";

const label = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;
const subdomain = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/;

/** Kinds whose names become host names. */
const hosts = new Set(["Service", "Namespace"]);

/** Why a text cannot be the name of something (RFC 1123 as Kubernetes reads it); absent when it can. */
export function wrongName({ meaning }: NamedTarget, text: string): string | undefined {
  switch (meaning.type) {
    case "volume":
      return isLabel(text) ? undefined : asLabel;
    case "object":
      if (hosts.has(meaning.kind)) return isLabel(text) && !/^\d/.test(text) ? undefined : asHost;
      return text.length <= 253 && subdomain.test(text) ? undefined : asSubdomain;
    case "key":
      return /^[-._a-zA-Z0-9]{1,253}$/.test(text) && !/^\.\.?$/.test(text) ? undefined : asKey;
    default:
      return /^[\w./-]{1,253}$/.test(text) ? undefined : asWord;
  }
}

function isLabel(text: string): boolean {
  return text.length <= 63 && label.test(text);
}

const asLabel =
  "a name here takes up to 63 lower-case letters, digits and '-', and begins and ends with a letter or digit";
const asHost = `${asLabel}; it does not begin with a digit`;
const asSubdomain =
  "a name here takes up to 253 lower-case letters, digits, '-' and '.', and begins and ends with a letter or digit";
const asKey = "a key takes up to 253 letters, digits, '-', '_' and '.'";
const asWord = "a name here takes up to 253 letters, digits, '-', '_', '.' and '/'";
