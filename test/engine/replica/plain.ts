import type { ReplicaServer } from "../../../server/engine/replica/server.ts";

/** The scheduler again, as plainly as can be: one step after the other, requests as objects, sums made anew in every step. */
export interface PlainRequest {
  readonly at: number;
  readonly isl: number;
  readonly osl: number;
  readonly session: number;
  readonly systemPrompt: number;
  readonly history: number;
}

export interface PlainOutcome {
  firstToken: number;
  finished: number;
}

interface Running extends PlainRequest {
  readonly id: number;
  produced: number;
  computed: number;
  target: number;
}

interface Kept {
  readonly key: string;
  blocks: number;
}

export function plainRun(server: ReplicaServer, systemPrompts: readonly number[], requests: readonly PlainRequest[]) {
  const { blockSize, maxRunning, maxBatchedTokens, law, prefixCaching } = server;
  const total = Math.floor(server.capacity / blockSize);
  const outcomes: PlainOutcome[] = requests.map(() => ({ firstToken: Number.NaN, finished: Number.NaN }));
  const admissions: number[] = [];
  let waiting: Running[] = [];
  let running: Running[] = [];
  let kept: Kept[] = [];
  let [next, now, steps, preemptions, cachedTokens, mostUsed] = [0, 0, 0, 0, 0, 0];

  const blocks = (tokens: number) => Math.ceil(tokens / blockSize);
  const isPrefilled = (one: Running) => one.computed === one.target;
  /** What it reads in this step, or holds while its prompt is computed. */
  const context = (one: Running) => (isPrefilled(one) ? one.isl + one.produced : one.target);
  const common = ({ isl, systemPrompt }: PlainRequest) =>
    systemPrompt < 0 || !prefixCaching ? 0 : Math.floor(Math.min(systemPrompts[systemPrompt] ?? 0, isl) / blockSize);
  const sharers = (id: number) => running.filter(({ systemPrompt }) => id >= 0 && systemPrompt === id);
  const heldTogether = (id: number) => Math.max(0, ...sharers(id).map(common));
  const used = (grownBy = 0) =>
    running.reduce((sum, one) => sum + blocks(context(one) + (isPrefilled(one) ? grownBy : 0)) - common(one), 0) +
    (prefixCaching ? systemPrompts.reduce((sum, _, id) => sum + heldTogether(id), 0) : 0);
  const keptBlocks = (key: string) => kept.find((one) => one.key === key)?.blocks ?? 0;
  const forget = (key: string) => {
    kept = kept.filter((one) => one.key !== key);
  };
  const keep = (key: string, count: number) => {
    forget(key);
    if (count > 0) kept.push({ key, blocks: count });
  };
  const evict = () => {
    for (;;) {
      const excess = used() + kept.reduce((sum, one) => sum + one.blocks, 0) - total;
      const oldest = kept[0];
      if (excess <= 0 || oldest === undefined) return;
      oldest.blocks -= Math.min(excess, oldest.blocks);
      if (oldest.blocks === 0) kept.shift();
    }
  };
  const leave = (one: Running, keeps: boolean, length: number) => {
    running = running.filter((other) => other !== one);
    if (!prefixCaching) return;
    if (keeps)
      keep(
        one.session < 0 ? `nobody ${one.id}` : `session ${one.session}`,
        Math.floor(length / blockSize) - common(one),
      );
    if (one.systemPrompt >= 0 && sharers(one.systemPrompt).length === 0)
      keep(`system ${one.systemPrompt}`, common(one));
  };
  const hit = (one: Running) => {
    if (!prefixCaching || (one.session < 0 && one.systemPrompt < 0)) return 0;
    const whole = common(one);
    const held =
      sharers(one.systemPrompt).length > 0 ? heldTogether(one.systemPrompt) : keptBlocks(`system ${one.systemPrompt}`);
    const system = one.systemPrompt < 0 ? 0 : Math.min(whole, held);
    const seen = Math.floor(((systemPrompts[one.systemPrompt] ?? 0) + one.history) / blockSize);
    const own = system === whole && one.session >= 0 ? Math.min(keptBlocks(`session ${one.session}`), seen - whole) : 0;
    return Math.min(system + own, Math.floor((one.target - 1) / blockSize)) * blockSize;
  };

  while (next < requests.length || waiting.length > 0 || running.length > 0) {
    const coming = requests[next];
    if (waiting.length === 0 && running.length === 0 && coming !== undefined) now = Math.max(now, coming.at);
    for (let one = requests[next]; one !== undefined && one.at <= now; one = requests[++next])
      waiting.push({ ...one, id: next, produced: 0, computed: 0, target: one.isl });

    let preempted = false;
    while (used() > total) {
      const last = running.at(-1);
      if (last === undefined) throw new Error("nobody is left to give up blocks");
      running = running.filter((one) => one !== last);
      if (prefixCaching && last.systemPrompt >= 0 && sharers(last.systemPrompt).length === 0)
        keep(`system ${last.systemPrompt}`, common(last));
      waiting = [{ ...last, computed: 0, target: last.isl + last.produced }, ...waiting];
      preempted = true;
      preemptions++;
    }
    evict();

    const decodes = running.filter(isPrefilled);
    const contextTokens = decodes.reduce((sum, one) => sum + context(one), 0);
    let budget = maxBatchedTokens - decodes.length;
    let [promptTokens, promptWork] = [0, 0];
    const compute = (one: Running) => {
      const chunk = Math.min(one.target - one.computed, budget);
      promptTokens += chunk;
      promptWork += chunk * (one.computed + chunk / 2);
      one.computed += chunk;
      budget -= chunk;
    };
    for (const one of running) if (!decodes.includes(one)) compute(one);
    while (!preempted && budget > 0 && running.length < maxRunning) {
      const one = waiting[0];
      if (one === undefined) break;
      const present = Math.min(common(one), heldTogether(one.systemPrompt));
      if (used() + blocks(one.target + 1) - present > total) break;
      waiting = waiting.slice(1);
      one.computed = hit(one);
      if (!admissions.includes(one.id)) cachedTokens += one.computed;
      forget(`system ${one.systemPrompt}`);
      forget(`session ${one.session}`);
      running.push(one);
      admissions.push(one.id);
      evict();
      compute(one);
    }

    mostUsed = Math.max(mostUsed, used());
    const promptContext = promptTokens === 0 ? 0 : promptWork / promptTokens;
    now += law.stepTime({ decodes: decodes.length, promptTokens, contextTokens, promptContext });
    steps++;
    for (const one of [...running]) {
      if (!isPrefilled(one)) continue;
      one.produced++;
      const outcome = outcomes[one.id];
      if (outcome === undefined) continue;
      if (Number.isNaN(outcome.firstToken)) outcome.firstToken = now;
      if (one.produced < one.osl) continue;
      outcome.finished = now;
      leave(one, true, one.isl + one.osl - 1);
    }
  }
  return { outcomes, admissions, steps, preemptions, cachedTokens, mostUsed, now };
}
