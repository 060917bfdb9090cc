/**
 * mermaid brings thirty kinds of diagrams and their layouts, of which one is drawn here: what the others would load, and
 * the typesetting of formulas, is not bundled.
 */
export const flowchartOnly = {
  name: "flowchart-only",
  setup({ onResolve, onLoad }) {
    const namespace = "left-out";
    onResolve({ filter: /^katex$/ }, ({ path }) => ({ path, namespace }));
    onResolve({ filter: /\.mjs$/ }, ({ path, kind, importer }) => {
      const isOfMermaid = kind === "dynamic-import" && /[/\\]mermaid[/\\]dist[/\\]/.test(importer);
      return isOfMermaid && !/\/(?:flowDiagram|dagre)-/.test(path) ? { path, namespace } : undefined;
    });
    onLoad({ filter: /.*/, namespace }, () => ({ contents: "export default {};" }));
  },
};
