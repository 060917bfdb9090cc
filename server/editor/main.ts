import { createConnection } from "vscode-languageserver/node";
import { serve } from "./connection.ts";
import { disk } from "./disk.ts";

// `--stdio`, `--node-ipc`, `--socket=port` or `--pipe=name`, as language clients start their servers.
serve(createConnection(), disk);
