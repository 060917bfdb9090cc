import { autoscaler, deployment, stack } from "./manifests.ts";

/** A way to grow, and the files that stand for one size of it. */
export interface Shape {
  readonly grows: string;
  readonly size: number;
  files(size: number): Map<string, string>;
}

const one = (text: string) => new Map([["all.yaml", text]]);
const range = (size: number) => Array.from({ length: size }, (_, index) => index);

export const shapes: readonly Shape[] = [
  {
    grows: "files",
    size: 1000,
    files: (size) => new Map(range(size).map((index) => [`app${index}/stack.yaml`, stack(`app${index}`)])),
  },
  {
    grows: "documents in one file",
    size: 1500,
    files: (size) =>
      one(
        range(size)
          .map((index) => autoscaler(`a${index}`))
          .join("---\n"),
      ),
  },
  {
    grows: "keys in one mapping",
    size: 50_000,
    files: (size) =>
      one(
        `kind: ConfigMap\napiVersion: v1\ndata:\n${range(size)
          .map((index) => `  key${index}: "${index}"\n`)
          .join("")}`,
      ),
  },
  {
    grows: "references between files",
    size: 1000,
    files: (size) =>
      new Map([
        ...range(size).map((index) => [`deployments/${index}.yaml`, deployment(`app${index}`)] as const),
        ...range(size).map((index) => [`autoscalers/${index}.yaml`, autoscaler(`app${index}`)] as const),
      ]),
  },
  {
    grows: "autoscalers on one target",
    size: 1000,
    files: (size) =>
      new Map([
        ["d.yaml", deployment("app")],
        ...range(size).map((index) => [`h${index}.yaml`, autoscaler(`h${index}`, "app")] as const),
      ]),
  },
  {
    grows: "aliases",
    size: 4000,
    files: (size) =>
      one(
        `base: &base {a: 1}\nitems:\n${range(size)
          .map(() => "  - <<: *base\n")
          .join("")}`,
      ),
  },
  { grows: "one scalar", size: 2_000_000, files: (size) => one(`a: "${"x y ".repeat(size / 4)}"\n`) },
  {
    grows: "lines of one block scalar",
    size: 40_000,
    files: (size) =>
      one(
        `kind: ConfigMap\napiVersion: v1\ndata:\n  a.yaml: |\n    chunk_size: 256\n${"    # a comment\n".repeat(size)}`,
      ),
  },
];
