import { looks } from "../host/looks.mjs";

export const { name, folder, settings, minutes, prepare, run } = looks("looks-light", "Default Light Modern");
