import { type CancellationToken, type Disposable, EventEmitter, type LogOutputChannel, window } from "vscode";
import type {
  CloseHandlerResult,
  ErrorHandler,
  LanguageClient,
  LanguageClientOptions,
} from "vscode-languageclient/node";

type Protocol = typeof import("vscode-languageclient/node");

/** Of a server that is older than a request: JSON-RPC 2.0, error objects. */
const methodNotFound = -32601;

/** The language server, from its start over its falls to its end. */
export class LanguageServer implements Disposable {
  private readonly module: string;
  private readonly options: LanguageClientOptions;
  private readonly output: LogOutputChannel;
  private client: LanguageClient | undefined;
  /** Starts and stops come one after the other, however fast the command is given. */
  private turn: Promise<void> = Promise.resolve();
  private readonly listeners = new Map<string, EventEmitter<unknown>>();
  private readonly unknown = new Set<string>();
  private readonly started = new EventEmitter<void>();
  private readonly created = new EventEmitter<LanguageClient>();
  private hasToldOfFall = false;

  /** Fires whenever a server answers from now on: at the first start, and after each restart and each fall. */
  readonly onStarted = this.started.event;
  /** Fires with each client before it starts. */
  readonly onCreated = this.created.event;

  constructor(module: string, options: LanguageClientOptions, output: LogOutputChannel) {
    this.module = module;
    this.options = options;
    this.output = output;
  }

  restart(): Promise<void> {
    return this.inTurn(async () => {
      await this.end();
      await this.start();
    });
  }

  stop(): Promise<void> {
    return this.inTurn(() => this.end());
  }

  dispose(): void {
    for (const emitter of [this.started, this.created, ...this.listeners.values()]) emitter.dispose();
  }

  /** Undefined: the server is too old to know what is asked. */
  async ask<Answer>(request: string, params: object, token?: CancellationToken): Promise<Answer | undefined> {
    const { client } = this;
    if (client?.isRunning() !== true) throw new Error("Headroom's language server is not running.");
    if (this.unknown.has(request)) return undefined;
    try {
      // A token that is not there would be sent as a second parameter.
      return await (token === undefined
        ? client.sendRequest<Answer>(request, params)
        : client.sendRequest<Answer>(request, params, token));
    } catch (error) {
      if ((error as { readonly code?: unknown }).code !== methodNotFound) throw error;
      this.unknown.add(request);
      return undefined;
    }
  }

  /** Hears a notification of every server that will run. A client has one listener for each; here there may be more. */
  hear<Params>(message: string, hear: (params: Params) => void): void {
    let emitter = this.listeners.get(message);
    if (emitter === undefined) {
      emitter = new EventEmitter();
      this.listeners.set(message, emitter);
    }
    emitter.event((params) => hear(params as Params));
  }

  /** What the protocol's edits and places are in VS Code. */
  get converter(): LanguageClient["protocol2CodeConverter"] | undefined {
    return this.client?.protocol2CodeConverter;
  }

  /** A new client each time: one that failed to start cannot be started again. */
  private async start(): Promise<void> {
    // Most of the extension's code. Whoever waits for the activation is told of it first, since reading keeps all of them busy.
    await new Promise((resolve) => setImmediate(resolve));
    const protocol: Protocol = await import("vscode-languageclient/node");
    const run = { module: this.module, transport: protocol.TransportKind.ipc };
    const debug = { ...run, options: { execArgv: ["--nolazy", "--inspect=6009"] } };
    const errorHandler = this.noticeOfFall(protocol, () => client.createDefaultErrorHandler());
    const options = { ...this.options, errorHandler };
    const client: LanguageClient = new protocol.LanguageClient("headroom", "Headroom", { run, debug }, options);
    this.client = client;
    for (const [message, emitter] of this.listeners)
      client.onNotification(message, (params: unknown) => emitter.fire(params));
    client.onDidChangeState(() => {
      if (!client.isRunning()) return;
      this.unknown.clear();
      this.started.fire();
    });
    this.created.fire(client);
    await client.start();
  }

  private async end(): Promise<void> {
    const running = this.client?.isRunning() === true ? this.client : undefined;
    this.client = undefined;
    await running?.dispose();
  }

  /** The client's own way with a server that fell, which is to start it again; said once, not at every fall. */
  private noticeOfFall({ CloseAction }: Protocol, make: () => ErrorHandler): ErrorHandler {
    let usual: ErrorHandler | undefined;
    const handler = () => {
      usual ??= make();
      return usual;
    };
    return {
      error: (error, message, count) => handler().error(error, message, count),
      closed: async (): Promise<CloseHandlerResult> => {
        const result = await handler().closed();
        if (result.action !== CloseAction.Restart) return result;
        if (!this.hasToldOfFall) this.tellOfFall();
        return { ...result, message: "The language server ended by itself and is started again.", handled: true };
      },
    };
  }

  private async tellOfFall(): Promise<void> {
    this.hasToldOfFall = true;
    const show = "Show Log";
    const message = "Headroom's language server ended by itself and was started again.";
    if ((await window.showWarningMessage(message, show)) === show) this.output.show();
  }

  private inTurn(task: () => Promise<void>): Promise<void> {
    this.turn = this.turn.catch(() => {}).then(task);
    return this.turn;
  }
}
