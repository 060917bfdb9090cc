/** What the server is beyond its first answer, which does not wait for it. */
export { disk } from "./disk.ts";
export { answerParent } from "./preview/thread.ts";
export { Server } from "./server.ts";
