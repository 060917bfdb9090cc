// `npm run schemas`
import { ensureSchemas } from "./ensure.mjs";

if (await ensureSchemas()) console.log("made .generated/");
