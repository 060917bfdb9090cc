/** A time of whole microseconds: what is left of the last bits of sums and roots is gone. */
export const microseconds = (time: number) => Math.round(time * 1e6) / 1e6;
