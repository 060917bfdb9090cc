import { isMainThread } from "node:worker_threads";
import { createConnection } from "vscode-languageserver/node";
import { serve } from "./connection.ts";
import { disk } from "./disk.ts";
import { answerParent } from "./preview/thread.ts";

// `--stdio`, `--node-ipc`, `--socket=port` or `--pipe=name`, as language clients start their servers.
if (isMainThread) serve(createConnection(), { files: disk, script: __filename });
else answerParent();
