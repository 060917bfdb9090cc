// Wakes the extension as VS Code does, in a process of its own, with an editor that takes everything and gives nothing.
// Prints milliseconds: by the clock and of the processor, until its code is read, until `activate` is done, and until the
// client of its language server is read, which nobody waits for.
const Module = require("node:module");
const { resolve } = require("node:path");

function Anything() {}

/** Whatever is asked of it, it has it; whatever is called returns one more. */
function anything() {
  const known = new Map();
  return new Proxy(Anything, {
    get(_target, name) {
      if (name === "then") return undefined;
      if (name === Symbol.toPrimitive) return () => "";
      if (name === Symbol.iterator) return function* () {};
      if (!known.has(name)) known.set(name, anything());
      return known.get(name);
    },
    set: () => true,
    apply: anything,
    construct: anything,
  });
}

const editor = anything();
const load = Module._load;
let clientIsRead;
const clientRead = new Promise((done) => {
  clientIsRead = done;
});
Module._load = function (request, ...rest) {
  if (request === "vscode") return editor;
  const loaded = load.call(this, request, ...rest);
  if (request.endsWith("language-client.js")) {
    clientIsRead();
    // The bench of its start is cold-start.
    return { ...loaded, LanguageClient: anything() };
  }
  return loaded;
};

async function main() {
  const [start, began] = [performance.now(), process.cpuUsage()];
  const taken = () => {
    const { user, system } = process.cpuUsage(began);
    return { wall: performance.now() - start, processor: (user + system) / 1000 };
  };
  const { activate } = require(resolve("dist/extension.js"));
  const read = taken();
  const context = { subscriptions: [], asAbsolutePath: resolve, extensionUri: anything() };
  await activate(context);
  const active = taken();
  await clientRead;
  console.log(JSON.stringify({ read, active, client: taken() }));
  process.exit();
}

main();
