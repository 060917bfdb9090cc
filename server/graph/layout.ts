import type { KustomizationView, PatchSource } from "../kinds/kustomization/kind.ts";
import type { StackObject } from "../kinds/stack-object.ts";
import { dirname, joinPath } from "./paths.ts";

/** What one kustomization builds: the files it takes in, those of its bases included. */
export interface World {
  readonly path: string;
  readonly files: ReadonlySet<string>;
  /** Those of them that only change objects. */
  readonly patches: ReadonlySet<string>;
  /** The kustomizations in it, its own first. */
  readonly kustomizations: readonly KustomizationView[];
  /** Whether objects come in that are not in these files: a remote base, a chart. */
  readonly open: boolean;
}

const none: readonly World[] = [];

/**
 * Which files belong together. Overlays that define the same object are different worlds: dev and prod never meet in
 * one cluster, so an object of one says nothing about the other.
 */
export class Layout {
  private readonly kustomizations = new Map<string, KustomizationView>();
  private readonly worlds: readonly World[];
  private readonly changes: readonly (PatchSource & { readonly by: string })[];
  private readonly patches = new Set<string>();
  /** The worlds of each file that was asked for. */
  private readonly around = new Map<string, readonly World[]>();

  constructor(kustomizations: readonly StackObject[]) {
    for (const object of kustomizations) this.kustomizations.set(object.path, object.view as KustomizationView);
    for (const [path, view] of this.kustomizations) {
      for (const patch of view.patches) this.patches.add(joinPath(dirname(path), patch));
    }
    this.changes = [...this.kustomizations].flatMap(([path, view]) =>
      view.changes.map((change) => ({
        ...change,
        by: path,
        path: change.path === undefined ? undefined : joinPath(dirname(path), change.path),
      })),
    );
    this.worlds = [...this.kustomizations.keys()].sort().map((path) => this.build(path));
  }

  /** The worlds a file is part of, the narrowest first. */
  worldsOf(path: string): readonly World[] {
    if (this.worlds.length === 0) return none;
    let worlds = this.around.get(path);
    if (worlds === undefined) {
      worlds = this.worlds.filter(({ files }) => files.has(path)).sort((a, b) => a.files.size - b.files.size);
      this.around.set(path, worlds);
    }
    return worlds;
  }

  /** Whether a file only changes objects that are defined elsewhere. */
  isPatch(path: string): boolean {
    return this.patches.has(path);
  }

  /** The changes that kustomizations with this file in them make to objects, with paths of the workspace. */
  changesTo(path: string): readonly PatchSource[] {
    if (this.changes.length === 0) return [];
    const worlds = this.worldsOf(path);
    return this.changes.filter(({ by }) => worlds.some(({ files }) => files.has(by)));
  }

  private build(path: string): World {
    const files = new Set<string>();
    const patches = new Set<string>();
    const kustomizations: KustomizationView[] = [];
    const waiting = [path];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (files.has(next)) continue;
      files.add(next);
      const view = this.kustomizations.get(next);
      if (view === undefined) continue;
      kustomizations.push(view);
      const directory = dirname(next);
      for (const resource of view.resources) waiting.push(this.fileOf(joinPath(directory, resource)));
      for (const patch of view.patches) patches.add(joinPath(directory, patch));
    }
    for (const patch of patches) files.add(patch);
    return { path, files, patches, kustomizations, open: kustomizations.some(({ open }) => open) };
  }

  /** A directory stands for the kustomization in it. */
  private fileOf(path: string): string {
    const inside = ["kustomization.yaml", "kustomization.yml", "Kustomization"].map((name) => joinPath(path, name));
    return inside.find((file) => this.kustomizations.has(file)) ?? path;
  }
}
