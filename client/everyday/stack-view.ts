import {
  commands,
  type Disposable,
  EventEmitter,
  type FileDecoration,
  type FileDecorationProvider,
  ThemeColor,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  type TreeView,
  Uri,
  window,
} from "vscode";
import { type StackNode, stackChanged, stackTree } from "../../server/editor/preview/messages.ts";
import type { LanguageServer } from "../language-server.ts";

/** Long enough for a burst of changes to be asked about once. */
const pause = 300;
/** Of no file: by it a node gets a badge of its own, whatever else is wrong in its file. */
const scheme = "headroom-stack";

/** The workspace's stacks as a tree in the explorer. */
export class StackView implements Disposable, TreeDataProvider<StackNode>, FileDecorationProvider {
  private readonly server: LanguageServer;
  private readonly changed = new EventEmitter<undefined>();
  private readonly view: TreeView<StackNode>;
  private readonly watching: readonly Disposable[];
  private readonly severities = new Map<string, Severity>();
  private roots: readonly StackNode[] = [];
  private timer: NodeJS.Timeout | undefined;
  private isOutdated = true;

  readonly onDidChangeTreeData = this.changed.event;

  constructor(server: LanguageServer) {
    this.server = server;
    this.view = window.createTreeView("headroom.stack", { treeDataProvider: this, showCollapseAll: true });
    this.watching = [
      this.view,
      this.changed,
      window.registerFileDecorationProvider(this),
      this.view.onDidChangeVisibility(() => this.soon(this.isOutdated)),
      server.onStarted(() => this.soon(true)),
    ];
    server.hear(stackChanged, () => this.soon(true));
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const one of this.watching) one.dispose();
  }

  getChildren(node?: StackNode): StackNode[] {
    return [...(node?.children ?? this.roots)];
  }

  getTreeItem(node: StackNode): TreeItem {
    const item = new TreeItem(node.label, this.openness(node));
    item.id = node.id;
    item.iconPath = new ThemeIcon(node.icon, node.severity && new ThemeColor(badges[node.severity].color));
    item.resourceUri = addressOf(node);
    item.tooltip = [node.label, node.description, node.severity && badges[node.severity].words]
      .filter((part) => part !== undefined)
      .join(", ");
    item.accessibilityInformation = { label: item.tooltip };
    if (node.description !== undefined) item.description = node.description;
    if (node.uri === undefined) return item;
    item.contextValue = "file";
    const selection = node.range && { selection: node.range };
    item.command = { title: "Show", command: "vscode.open", arguments: [Uri.parse(node.uri), { ...selection }] };
    return item;
  }

  /** Stacks open by themselves; what is wrong below shows in their colours. */
  private openness(node: StackNode): TreeItemCollapsibleState {
    if (node.children.length === 0) return TreeItemCollapsibleState.None;
    return this.roots.includes(node) ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed;
  }

  provideFileDecoration(uri: Uri): FileDecoration | undefined {
    const severity = uri.scheme === scheme ? this.severities.get(uri.path) : undefined;
    if (severity === undefined) return undefined;
    const { badge, color, words } = badges[severity];
    return { badge, color: new ThemeColor(color), tooltip: words, propagate: false };
  }

  /** While nobody looks at the tree, all that matters is whether there is one to look at. */
  private soon(isOutdated: boolean): void {
    this.isOutdated = isOutdated;
    if (!isOutdated || (this.roots.length > 0 && !this.view.visible)) return;
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      void this.refresh();
    }, pause);
  }

  private async refresh(): Promise<void> {
    this.isOutdated = false;
    this.roots = await this.ask();
    this.severities.clear();
    this.noteSeverities(this.roots);
    await commands.executeCommand("setContext", "headroom.hasStack", this.roots.length > 0);
    this.changed.fire(undefined);
  }

  /** A server that is too old has no tree; one that is starting has the one before. */
  private async ask(): Promise<readonly StackNode[]> {
    try {
      return (await this.server.ask<StackNode[]>(stackTree, {})) ?? [];
    } catch {
      return this.roots;
    }
  }

  private noteSeverities(nodes: readonly StackNode[]): void {
    for (const node of nodes) {
      if (node.severity !== undefined) this.severities.set(addressOf(node).path, node.severity);
      this.noteSeverities(node.children);
    }
  }
}

type Severity = NonNullable<StackNode["severity"]>;

const badges: Readonly<Record<Severity, { readonly badge: string; readonly color: string; readonly words: string }>> = {
  error: { badge: "E", color: "list.errorForeground", words: "has errors" },
  warning: { badge: "W", color: "list.warningForeground", words: "has warnings" },
  information: { badge: "i", color: "problemsInfoIcon.foreground", words: "has something worth knowing" },
};

/** The severity is part of it: VS Code keeps the badge of an address that it has seen. */
function addressOf({ id, severity }: StackNode): Uri {
  return Uri.from({ scheme, path: `/${severity ?? "fine"}/${id}` });
}
