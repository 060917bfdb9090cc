import type { Picture, PictureDifference } from "../../forecast/picture.ts";
import { printed } from "../report/json.ts";

/** All that happened, for programs. What is not known, or without an end, is null. */
export function simulatedInJson(picture: Picture, difference?: PictureDifference | null): string {
  return printed({ ...picture, ...(difference === undefined ? {} : { difference }) });
}
