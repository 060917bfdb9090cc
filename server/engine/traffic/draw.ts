import type { ArrivalSource } from "./arrivals.ts";
import { OpenSessions } from "./open-sessions.ts";
import { SingleRequests } from "./single-requests.ts";
import type { Traffic } from "./traffic.ts";

/** The arrivals of a traffic under a seed. */
export function drawArrivals(traffic: Traffic, seed: number): ArrivalSource {
  const { sessions } = traffic;
  return sessions === undefined ? new SingleRequests(traffic, seed) : new OpenSessions(traffic, sessions, seed);
}
