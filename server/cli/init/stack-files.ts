import type { Answers } from "./answers.ts";
import type { Stack } from "./stacks.ts";
import { bind, fill } from "./template.ts";
import { valuesOf } from "./values.ts";

export const configFile = "headroom.config.yaml";

export type Templates = Readonly<Record<string, string>>;

/** The documents of templates one after another, places that are bound filled, the others still open. */
export function joined(names: readonly string[], templates: Templates, bindings: Stack["sets"] = {}): string {
  const texts = names.map((name) => {
    const template = templates[name];
    if (template === undefined) throw new Error(`there is no template ${name}`);
    return bind(template, bindings);
  });
  return texts.join("---\n");
}

/** The files of a stack by path, filled in. */
export function filesOf(stack: Stack, answers: Answers, templates: Templates): Map<string, string> {
  const { title, files, cluster, sets } = stack;
  const values = valuesOf(answers);
  const directory = (path: string, members: Stack["files"], head: string): [string, string][] => [
    [`${path}kustomization.yaml`, kustomization(head, Object.keys(members))],
    ...Object.entries(members).map(([name, names]): [string, string] => [
      path + name,
      fill(joined(names, templates, sets), values),
    ]),
  ];
  const apart = cluster === undefined ? "" : " cluster/ is applied by itself.";
  return new Map([
    [configFile, configOf(stack)],
    ...directory("", files, `${title}, in the namespace ${answers.namespace}, which has to be there.${apart}`),
    ...(cluster === undefined
      ? []
      : directory("cluster/", cluster, "Once for a cluster, whoever serves models in it.")),
  ]);
}

/** What `kubectl apply -k` takes together. */
function kustomization(head: string, resources: readonly string[]): string {
  return `# ${head}
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
${resources.map((path) => `  - ${path}\n`).join("")}`;
}

function configOf(stack: Stack): string {
  const versions = Object.entries(stack.versions).map(([product, version]) => `  ${product}: "${version}"\n`);
  return `# What these files are written for. Headroom judges them by it: say what runs in your clusters.
versions:
${versions.join("")}`;
}
