import { isMainThread } from "node:worker_threads";
import { createConnection } from "vscode-languageserver/node";
import { serve } from "./connection.ts";

/** Most of the code: a bundle of its own, so that the client has its first answer before it is read. */
const mind = () => import("./mind.ts");

// `--stdio`, `--node-ipc`, `--socket=port` or `--pipe=name`, as language clients start their servers.
if (isMainThread) {
  serve(createConnection(), async (...introduction) => {
    const { Server, disk } = await mind();
    return new Server({ files: disk, script: __filename }, ...introduction);
  });
} else {
  void mind().then(({ answerParent }) => answerParent());
}
