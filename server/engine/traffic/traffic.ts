import type { LengthLaw } from "./length.ts";
import type { Rate } from "./rate.ts";
import type { ReusePoint } from "./reuse.ts";

/** What comes: how many requests, how evenly, how long, and what they have in common. */
export interface Traffic {
  readonly rate: Rate;
  /**
   * Coefficient of variation of the gaps between requests, at an even rate: 1 is Poisson's law, 0 a metronome, anything else a
   * Gamma law.
   */
  readonly variation: number;
  /** Tokens of a prompt; of a session's first one. System prompts come on top. */
  readonly prompt: LengthLaw;
  readonly output: LengthLaw;
  readonly system?: SystemPrompts;
  readonly sessions?: Sessions;
  /** What a prefix cache would find, where it was measured; otherwise it follows from sessions and system prompts. */
  readonly reuse?: readonly ReusePoint[];
}

/** Beginnings that many prompts share. Each session, or request without one, has one of them, all alike often. */
export interface SystemPrompts {
  readonly count: number;
  readonly tokens: number;
}

/** A request of a session begins with everything that was said before in it. */
export interface Sessions {
  readonly turns: LengthLaw;
  /** Seconds from one turn to the next in the mean; single ones vary like gaps of Poisson's law. */
  readonly pause: number;
  /** Tokens that a later turn adds: a question, a tool's result. Absent: as the first. */
  readonly prompt?: LengthLaw;
  /** Tokens of prompt and answer above which a session ends early: the model's context. */
  readonly context: number;
}
