// Stands in for node-pty: everything but the terminal works without it.
exports.spawn = () => {
  throw new Error("This VS Code has no terminal: node-pty is not built in the test host.");
};
