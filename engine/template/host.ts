import type { Meter } from "../value/meter.js";
import type { Value } from "../value/types.js";

/** A template that another one imports. */
export interface TemplateSource {
  /** Below the file-server root, with `/`; the name in messages and in the map. */
  readonly path: string;
  readonly source: string;
}

/** What a rendering may ask its host. Everything is synchronous; nothing here may run code of a template's author. */
export interface TemplateHost {
  /**
   * A template for `import`, `include`, `extends` and `import_yaml`. The path is already resolved against the importing
   * template (salt-reference §3.6) and never leaves the root by `..`; the host keeps symlinks inside too. One that is
   * missing is undefined, or a PyError TemplateNotFound with more to say than its name.
   */
  loadTemplate?(path: string, from: string): TemplateSource | undefined;
  /** The names of the execution functions that it answers: `'m.f' in salt`. */
  hasSalt?(name: string): boolean;
  /** Answers `salt['m.f'](…)`; only called when `hasSalt(name)`. What it takes is charged to the meter. Throws PyError or NotRunError. */
  callSalt?(name: string, args: readonly Value[], kwargs: ReadonlyMap<string, Value>, meter: Meter): Value;
}

/** For renderings without a host. */
export const noHost: TemplateHost = {};
