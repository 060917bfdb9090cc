import { wholes } from "./grow.ts";

/**
 * When decoding requests need another block. Each grows by a token a step, so what is left of its context over whole blocks moves on
 * with the steps for all alike: requests are counted by that remainder, and steps are counted without looking at any request.
 */
export class BlockGrowth {
  private readonly blockSize: number;
  private readonly mask: number;
  private readonly counts: Int32Array;
  private requests = 0;

  constructor(blockSize: number) {
    this.blockSize = blockSize;
    this.mask = (blockSize & (blockSize - 1)) === 0 ? blockSize - 1 : -1;
    this.counts = new Int32Array(blockSize);
  }

  /** `context` is what the request reads in this step, its own token included. */
  add(context: number, step: number): void {
    const key = this.remainder(context - step);
    this.counts[key] = (this.counts[key] as number) + 1;
    this.requests++;
  }

  remove(context: number, step: number): void {
    const key = this.remainder(context - step);
    this.counts[key] = (this.counts[key] as number) - 1;
    this.requests--;
  }

  /** Blocks that are taken when this step begins. */
  into(step: number): number {
    return this.counts[this.remainder(1 - step)] as number;
  }

  /** Blocks that are taken when the `steps` steps after this one begin. */
  after(step: number, steps: number): number {
    const rounds = wholes(steps, this.blockSize);
    const rest = steps - rounds * this.blockSize;
    let blocks = rounds * this.requests;
    for (let next = 1; next <= rest; next++) blocks += this.counts[this.remainder(1 - step - next)] as number;
    return blocks;
  }

  /** How many steps after this one can begin before more than so many blocks are taken; somebody decodes. */
  stepsWithin(blocks: number, step: number): number {
    const rounds = wholes(blocks, this.requests);
    let left = blocks - rounds * this.requests;
    let steps = rounds * this.blockSize;
    for (;;) {
      left -= this.counts[this.remainder(-step - steps)] as number;
      if (left < 0) return steps;
      steps++;
    }
  }

  private remainder(value: number): number {
    if (this.mask >= 0) return value & this.mask;
    const rest = value % this.blockSize;
    return rest < 0 ? rest + this.blockSize : rest;
  }
}
