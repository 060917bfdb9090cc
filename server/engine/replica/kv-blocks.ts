import { BlockGrowth } from "./block-growth.ts";
import { wholes } from "./grow.ts";
import type { InFlight } from "./in-flight.ts";
import type { PrefixEntries } from "./prefix-entries.ts";
import { PrefixLru } from "./prefix-lru.ts";
import { blocksOf, type ReplicaServer } from "./server.ts";

/**
 * The KV cache of a replica, in blocks. What running requests hold is used; a system prompt that several of them share is used once.
 * What they leave behind stays, the oldest going when others need the room. While a turn of a conversation runs, its
 * blocks are its own: a second one at the same time would find nothing.
 */
export class KvBlocks {
  readonly total: number;
  used = 0;
  readonly blockSize: number;
  readonly growth: BlockGrowth;
  /** Left behind; nobody uses it now. */
  readonly left: PrefixLru;
  private readonly rows: InFlight;
  private readonly caching: boolean;
  private readonly watermark: number;
  private readonly systemPrompts: ArrayLike<number>;
  /** Whole blocks of each system prompt. */
  private readonly promptBlocks: Int32Array;
  /** Running requests with that system prompt, and the blocks that they share. */
  private readonly users: Int32Array;
  private readonly shared: Int32Array;

  constructor(
    server: ReplicaServer,
    rows: InFlight,
    entries: PrefixEntries,
    owner: number,
    systemPrompts: ArrayLike<number>,
  ) {
    this.total = blocksOf(server);
    this.blockSize = server.blockSize;
    this.growth = new BlockGrowth(server.blockSize);
    this.rows = rows;
    this.caching = server.prefixCaching;
    this.watermark = server.watermark ?? 0;
    this.systemPrompts = systemPrompts;
    this.left = new PrefixLru(entries, owner, systemPrompts.length);
    this.promptBlocks = Int32Array.from(systemPrompts, (tokens) => Math.floor(tokens / server.blockSize));
    this.users = new Int32Array(systemPrompts.length);
    this.shared = new Int32Array(systemPrompts.length);
  }

  /** Blocks of a system prompt that are here. */
  systemBlocks(id: number): number {
    return (this.users[id] as number) > 0 ? (this.shared[id] as number) : this.left.systemPrompt(id);
  }

  /** Tokens at the beginning of its prompt that are here, in whole blocks. */
  cachedTokens(row: number): number {
    const session = this.rows.session[row] as number;
    return this.caching ? this.tokensWith(row, session < 0 ? 0 : this.left.conversation(session)) : 0;
  }

  /** The same where it is known how many blocks of its conversation are here. One token is always computed (vLLM, kv_cache_manager.py). */
  tokensWith(row: number, conversation: number): number {
    if (!this.caching) return 0;
    const id = this.rows.systemPrompt[row] as number;
    const common = this.commonBlocks(row);
    let blocks = id < 0 ? 0 : Math.min(common, this.systemBlocks(id));
    if (conversation > 0 && blocks === common) blocks += Math.min(conversation, this.seenBlocks(row, id) - common);
    if (blocks <= 0) return 0;
    return Math.min(blocks, wholes((this.rows.target[row] as number) - 1, this.blockSize)) * this.blockSize;
  }

  /** Whether there is room for what it computes and the first token of its answer. */
  fits(row: number): boolean {
    const id = this.rows.systemPrompt[row] as number;
    const present =
      id >= 0 && this.caching && (this.users[id] as number) > 0
        ? Math.min(this.shared[id] as number, this.commonBlocks(row))
        : 0;
    return this.used + this.blocks((this.rows.target[row] as number) + 1) - present <= this.total - this.watermark;
  }

  /** For all that it computes, at its admission. */
  take(row: number): void {
    const id = this.rows.systemPrompt[row] as number;
    const session = this.rows.session[row] as number;
    const common = this.caching && id >= 0 ? this.share(row, id) : 0;
    this.rows.shared[row] = common;
    if (this.caching && session >= 0) this.left.takeConversation(session);
    this.grow(this.blocks(this.rows.target[row] as number) - common);
  }

  grow(blocks: number): void {
    this.used += blocks;
    this.left.shrinkTo(this.total - this.used);
  }

  /** Of a request that reads so many tokens. What is whole of it stays in the cache when it has ended by itself. */
  release(row: number, context: number, stays: boolean): void {
    const common = this.rows.shared[row] as number;
    this.used -= this.blocks(context) - common;
    if (!this.caching) return;
    const whole = wholes(context, this.blockSize) - common;
    if (stays) this.left.keepConversation(this.rows.session[row] as number, whole);
    const id = this.rows.systemPrompt[row] as number;
    if (id >= 0) this.unshare(id);
  }

  blocks(tokens: number): number {
    return wholes(tokens + this.blockSize - 1, this.blockSize);
  }

  /** Whole blocks of its prompt that any request with its system prompt has. */
  private commonBlocks(row: number): number {
    const id = this.rows.systemPrompt[row] as number;
    if (id < 0) return 0;
    return Math.min(this.promptBlocks[id] as number, wholes(this.rows.isl[row] as number, this.blockSize));
  }

  /** Whole blocks that the conversation had before. */
  private seenBlocks(row: number, id: number): number {
    const system = id < 0 ? 0 : (this.systemPrompts[id] as number);
    return wholes(system + (this.rows.history[row] as number), this.blockSize);
  }

  private share(row: number, id: number): number {
    const common = this.commonBlocks(row);
    const users = this.users[id] as number;
    const before = users > 0 ? (this.shared[id] as number) : 0;
    const after = Math.max(common, before);
    if (users === 0) this.left.takeSystemPrompt(id);
    this.used += after - before;
    this.shared[id] = after;
    this.users[id] = users + 1;
    return common;
  }

  /** Used later than the conversations that begin with it, so that it goes after them. */
  private unshare(id: number): void {
    const users = (this.users[id] as number) - 1;
    this.users[id] = users;
    if (users > 0) return;
    this.used -= this.shared[id] as number;
    this.left.keepSystemPrompt(id, this.shared[id] as number);
  }
}
