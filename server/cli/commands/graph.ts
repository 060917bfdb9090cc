import { graphCommand as graph } from "../graph/graph.ts";
import { defineCommand } from "./command.ts";

export const graphCommand = defineCommand({
  name: "graph",
  summary: "draw how a stack hangs together",
  operands: { usage: "[paths...]", most: Number.POSITIVE_INFINITY },
  options: { format: { of: ["mermaid", "json"], says: "for people, or for other programs" } },
  about: [
    "Draws the objects of a stack and what they do with each other: gateways and routes, pools and their pickers, model servers and the configuration that they read, autoscalers with what they scale and follow. Findings are counted on each. Pages that know mermaid, such as GitHub's, show the text as a picture.",
    "Paths are as with headroom lint. What these files do not show, or where two objects are as near, is not drawn.",
    "The exit code is 0, or 2 when there is nothing to draw or something could not be read.",
  ],
  examples: [
    { line: "headroom graph overlays/prod > stack.mmd", says: "for a page" },
    { line: "headroom graph --format json", says: "the working directory, for programs" },
  ],
  run: graph,
});
