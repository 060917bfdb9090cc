/** Names as k8s.io/apimachinery checks them (pkg/api/validation/path, pkg/util/validation), each returning what is wrong. */

export function pathSegmentFaults(name: string): readonly string[] {
  if (name === "." || name === "..") return [`may not be '${name}'`];
  return ["/", "%"].filter((mark) => name.includes(mark)).map((mark) => `may not contain '${mark}'`);
}

const label = {
  form: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
  longest: 63,
  fault:
    "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an " +
    "alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')",
};

const subdomain = {
  form: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
  longest: 253,
  fault:
    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end " +
    "with an alphanumeric character (e.g. 'example.com', regex used for validation is " +
    "'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
};

const namePart = {
  form: /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/,
  longest: 63,
  fault:
    "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. " +
    "'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
};

function faults(text: string, { form, longest, fault }: typeof label): readonly string[] {
  const tooLong = text.length > longest ? [`must be no more than ${longest} characters`] : [];
  return form.test(text) ? tooLong : [fault, ...tooLong];
}

export function labelFaults(text: string): readonly string[] {
  return faults(text, label);
}

/** `cpu`, `nvidia.com/gpu`: a name with a domain in front of it, perhaps. */
export function qualifiedNameFaults(text: string): readonly string[] {
  const parts = text.split("/");
  if (parts.length > 2)
    return [
      `a qualified name ${namePart.fault} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
    ];
  const [prefix, name] = parts.length === 2 ? (parts as [string, string]) : [undefined, text];
  return [
    ...(prefix === undefined ? [] : partFaults("prefix", prefix, subdomain)),
    ...partFaults("name", name, namePart),
  ];
}

function partFaults(part: string, text: string, rule: typeof label): readonly string[] {
  if (text === "") return [`${part} part must be non-empty`, ...(part === "name" ? [`name part ${rule.fault}`] : [])];
  return faults(text, rule).map((fault) => `${part} part ${fault}`);
}
