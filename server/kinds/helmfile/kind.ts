import type { Node } from "../../text/node.ts";
import { itemsAt, mapAt, type Placed, stringAt } from "../../text/read.ts";
import { defineKind } from "../kind.ts";

export interface HelmfileRelease {
  readonly name: Placed<string> | undefined;
  readonly namespace: Placed<string> | undefined;
  /** `repository/chart`, or a directory. */
  readonly chart: Placed<string> | undefined;
  /** Files of values, as written; values that are written out are not among them. */
  readonly values: readonly Placed<string>[];
}

export interface HelmfileView {
  readonly releases: readonly HelmfileRelease[];
}

const isRelease = (item: Node) => ["name", "chart"].every((key) => stringAt(item, key) !== undefined);

const ownFile = /(?:^|\/)helmfile(?:[._-][\w.-]*)?\.ya?ml(?:\.gotmpl)?$|(?:^|\/)helmfile\.d\/[^/]+$/;

/** Releases of charts. Most are templates, and those are left alone. */
export const helmfile = defineKind<HelmfileView>({
  id: "helmfile",
  title: "Helmfile",
  recognise: {
    hints: ["releases", "helmfiles"],
    content: (root, doc) =>
      doc.carrier === undefined &&
      (itemsAt(root, "releases").some(isRelease) ||
        (ownFile.test(doc.file.path) && ["releases", "helmfiles"].some((key) => itemsAt(root, key).length > 0))),
  },
  view: ({ root }) => ({
    releases: itemsAt(root, "releases").flatMap((item) => {
      const node = mapAt(item);
      if (node === undefined) return [];
      return [
        {
          name: stringAt(node, "name"),
          namespace: stringAt(node, "namespace"),
          chart: stringAt(node, "chart"),
          values: itemsAt(node, "values").flatMap((value) => stringAt(value) ?? []),
        },
      ];
    }),
  }),
});
