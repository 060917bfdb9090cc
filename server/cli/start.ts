import module from "node:module";
import { join } from "node:path";
import { compiledIn } from "./compiled.ts";
import { optimizeLate } from "./tiers.ts";

optimizeLate();

/**
 * Most of a short run is V8 reading our code. Node keeps what V8 made of it where `NODE_COMPILE_CACHE` names a folder,
 * from 22.1 on; before that we do it ourselves. Without that variable nothing is kept: we write what we are asked for.
 */
const file = join(__dirname, "command-line.js");
const folder = process.env["NODE_COMPILE_CACHE"];
if (folder === undefined || folder === "" || "enableCompileCache" in module) module.createRequire(file)(file);
else compiledIn(folder, file);
