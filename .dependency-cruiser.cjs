/**
 * The rooms of the house and the one direction between them (docs/architecture.md). A room may import those to its left:
 * text, findings, config, kinds, schemas, graph, rules, pipeline, git, disk, editor and cli. The engine imports nothing of ours.
 */
const rooms = [
  "text",
  "findings",
  "config",
  "kinds",
  "schemas",
  "graph",
  "rules",
  "pipeline",
  "git",
  "disk",
  "editor",
  "cli",
];
/** Words in which the client and the server talk: types, names of messages, and the page that both save. */
const shared = "editor/messages\\.ts$|editor/preview/messages\\.ts$|forecast/(picture|question|standalone-page)\\.ts$";
const path = (room) => (room === "pipeline" ? "^server/pipeline\\.ts$" : `^server/${room}/`);

const onlyLeftwards = rooms.map((room, index) => ({
  name: `${room}-imports-only-rooms-to-its-left`,
  severity: "error",
  from: { path: path(room) },
  to: {
    path:
      rooms
        .slice(index + 1)
        .map(path)
        .join("|") || "^$",
  },
}));

module.exports = {
  forbidden: [
    ...onlyLeftwards,
    {
      name: "the-engine-imports-nothing-of-ours",
      severity: "error",
      from: { path: "^server/engine/" },
      to: { pathNot: "^server/engine/" },
    },
    {
      name: "only-rules-scenario-and-faces-ask-the-engine",
      severity: "error",
      from: { path: "^server/(text|findings|config|kinds|schemas|graph)/" },
      to: { path: "^server/(engine|scenario|forecast|topology)/" },
    },
    {
      name: "scenario-stands-between-graph-and-engine",
      severity: "error",
      from: { path: "^server/scenario/" },
      to: { path: "^server/(rules|pipeline|git|disk|editor|cli|forecast)" },
    },
    {
      name: "forecast-stands-between-scenario-and-faces",
      severity: "error",
      from: { path: "^server/forecast/" },
      to: { path: "^server/(rules|pipeline|git|disk|editor|cli)" },
    },
    {
      name: "git-knows-files-and-not-what-they-mean",
      severity: "error",
      from: { path: "^server/git/" },
      to: { path: "^server/", pathNot: "^server/git/|^server/scenario/found\\.ts$" },
    },
    {
      name: "disk-knows-files-and-not-what-they-mean",
      severity: "error",
      from: { path: "^server/disk/" },
      to: { path: "^server/", pathNot: "^server/(disk|text|config)/" },
    },
    {
      name: "topology-stands-between-graph-and-faces",
      severity: "error",
      from: { path: "^server/topology/" },
      to: { path: "^server/(engine|scenario|forecast|rules|pipeline|disk|editor|cli)" },
    },
    {
      name: "the-core-knows-no-machine",
      comment: "It is handed what it needs and builds for a browser.",
      severity: "error",
      from: {
        path: "^server/(text|findings|config|kinds|schemas|graph|rules|scenario|forecast|topology|engine|pipeline)",
      },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "only-the-client-imports-vscode",
      severity: "error",
      from: { pathNot: "^(client|test/vscode)/" },
      to: { path: "^vscode$|node_modules/@types/vscode/" },
    },
    {
      name: "the-client-shows-and-the-server-thinks",
      comment: "They share the words in which they talk.",
      severity: "error",
      from: { path: "^client/" },
      to: { path: "^server/", pathNot: `^server/(engine/|${shared})` },
    },
    {
      name: "no-circles",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "nothing-unresolved",
      severity: "error",
      from: {},
      to: { couldNotResolve: true, pathNot: "^vscode$|/\\.generated/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(dist|\\.generated|\\.test-build|\\.vscode-test)/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
