// Chance that is the same everywhere: a seed and a name give a stream of bits, and laws draw from it.
export { exponential, gamma, lognormal, normal } from "./draws.ts";
export { exp, ln } from "./portable.ts";
export { microseconds } from "./quantise.ts";
export { type Stream, stream } from "./stream.ts";
