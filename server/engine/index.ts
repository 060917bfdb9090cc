export { type EnvironmentName, scaleDownWindow, scaleUpFloor, usualWindows } from "./windows.ts";
