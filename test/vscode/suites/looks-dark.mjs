import { looks } from "../host/looks.mjs";

export const { name, folder, settings, minutes, prepare, run } = looks("looks-dark", "Default Dark Modern");
