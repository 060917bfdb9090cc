/** The shape of `schemas/data/epp-plugins.json`: what is known of the endpoint picker's plugins. */
export interface EppPlugins {
  /** Repository and commit that the facts were read from. */
  readonly source: string;
  readonly plugins: readonly EppPlugin[];
  /** Types that earlier versions had, or that only tutorials have. */
  readonly retired: readonly RetiredPlugin[];
  readonly featureGates: readonly FeatureGate[];
}

/** Router versions that have something; `until` is the last one. */
export interface Lifetime {
  readonly since?: string;
  readonly until?: string;
}

export interface EppPlugin {
  readonly type: string;
  readonly roles: readonly string[];
  /** Since router 0.10 an alpha type starts only with `--allow-experimental-plugins`. */
  readonly stability: "alpha" | "beta";
  readonly summary: string;
  readonly deprecated?: {
    readonly since: string;
    readonly removal?: string;
    readonly replacement: string;
    /** What to do, where it is something else than writing the replacement. */
    readonly mend?: string;
  };
  /** The factory does not look at the parameters: whatever stands there does nothing. */
  readonly ignoresParameters?: true;
  readonly parameters?: Parameters;
  /** Exactly one of these must be set. */
  readonly exactlyOneOf?: readonly string[];
  /** A parameter that needs others beside it. */
  readonly requires?: { readonly [name: string]: readonly string[] };
  readonly note?: string;
}

export interface Parameters {
  readonly [name: string]: Parameter;
}

export interface Parameter {
  readonly type: "string" | "integer" | "number" | "boolean" | "duration" | "object" | "array";
  readonly description?: string;
  readonly required?: true;
  readonly default?: unknown;
  readonly enum?: readonly string[];
  readonly enumDescriptions?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly unit?: "nanoseconds";
  /** The value is the name of a plugin in the same file, of this role. */
  readonly names?: string;
  readonly deprecated?: {
    readonly message: string;
    readonly replacement?: string;
    /** The replacement takes the value as it is. */
    readonly oneToOne?: true;
  };
  readonly versions?: Lifetime;
  readonly properties?: Parameters;
  /** An object of which the keys are not listed. */
  readonly open?: true;
  /** An object with any keys and values of this type. */
  readonly values?: "string";
  readonly items?: Parameter;
}

export interface RetiredPlugin {
  readonly type: string;
  readonly existed: string;
  readonly versions?: Lifetime;
  readonly replacement?: string;
}

export interface FeatureGate {
  readonly name: string;
  readonly description: string;
  /** Absent for a gate that is gone. */
  readonly default?: boolean;
  readonly versions?: Lifetime;
}
