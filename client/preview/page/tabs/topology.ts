import type { Topology } from "../../../../server/editor/preview/messages.ts";
import { button, element, replace } from "../element.ts";
import type { Acts, Piece, Shown } from "../shown.ts";
import { showTopology } from "../topology-frame.ts";
import { counted } from "../words.ts";

/** How the objects hang together: asked for when somebody looks, drawn in a frame of its own, and told in a table. */
export function topology(acts: Acts): Piece {
  const drawing = element("div", { class: "drawing" });
  const table = element("div", {});
  const node = element("div", {}, drawing, table);
  let [isAsked, drawn]: [boolean, Topology | undefined] = [false, undefined];
  const show = ({ topology: known, isAlone }: Shown) => {
    if (isAlone)
      return replace(
        node,
        element("p", { class: "quiet" }, "The drawing is not part of a saved page; headroom graph draws it."),
      );
    if (!isAsked) {
      isAsked = true;
      replace(table, element("p", { role: "status", class: "loading" }, "Asking how the objects hang together…"));
      acts.say({ type: "topology" });
    }
    if (known === undefined || known === drawn) return;
    drawn = known;
    void showTopology(drawing, known, (id) => {
      const chosen = known.nodes.find((one) => one.id === id);
      if (chosen !== undefined) acts.reveal({ path: chosen.path, range: chosen.range });
    });
    replace(table, nodesOf(known, acts));
  };
  return { node, show };
}

function nodeLink(kind: string, name: string, reveal: () => void): HTMLElement {
  const link = button(undefined, reveal, { class: "link node" });
  link.append(element("span", { class: "kind" }, kind), " ", element("span", {}, name));
  return link;
}

function nodesOf({ nodes, edges }: Topology, acts: Acts): HTMLElement {
  if (nodes.length === 0) return element("p", { class: "quiet" }, "No object of these files is known.");
  const title = new Map(nodes.map(({ id, kind, name }) => [id, `${kind} ${name}`]));
  const rows = nodes.map(({ id, kind, name, path, range, errors, warnings }) => {
    const out = edges.filter(({ from }) => from === id).map(({ to, label }) => `${label} ${title.get(to) ?? to}`);
    const findings = [
      ...(errors > 0 ? [`✗ ${counted(errors, "error")}`] : []),
      ...(warnings > 0 ? [`⚠ ${counted(warnings, "warning")}`] : []),
    ];
    return element(
      "tr",
      {},
      element(
        "th",
        { scope: "row" },
        nodeLink(kind, name, () => acts.reveal({ path, range })),
      ),
      element("td", { class: "text" }, out.join(", ")),
      element("td", { class: "text" }, findings.join(", ")),
    );
  });
  return element(
    "div",
    { class: "scroller objects", tabindex: 0, role: "region", "aria-label": "Objects" },
    element(
      "table",
      {},
      element("caption", {}, counted(nodes.length, "object")),
      element(
        "thead",
        {},
        element(
          "tr",
          {},
          ...["object", "leads to", "findings"].map((head) => element("th", { scope: "col", class: "text" }, head)),
        ),
      ),
      element("tbody", {}, ...rows),
    ),
  );
}
