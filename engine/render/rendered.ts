import { type Problem, stoppedAt, type Undecided } from "../problem.js";
import type { SaltFeatureName } from "../salt-version/features.js";
import type { SourceMap } from "../template/source-map.js";
import type { Dict, Value } from "../value/types.js";
import type { YamlNode } from "../yaml/node.js";
import type { TargetQuestion } from "./target-questions.js";

/** What genrepo makes of one file under one profile. */
export interface RenderedDefinition {
  /** As handed in; shown in messages. */
  readonly path: string;
  readonly profile: string;
  /** `error`: the file contributes nothing. `abort`: Salt's exception escapes and stops the whole refresh. */
  readonly status: "ok" | "error" | "abort";
  /** Salt's own messages for the file, in its wording; ours where it is not known what Salt does. */
  readonly messages: readonly string[];
  /** Package → version → attributes; empty unless `ok`. */
  readonly repo: Dict;
  /** full_name → package; empty unless `ok`. */
  readonly nameMap: Dict;
  /** Text after the template stage, as far as it came. */
  readonly rendered: string;
  /** What YAML made of it; undefined where it could not. */
  readonly data: Value | undefined;
  /** The same with places in `rendered`. Undefined when asked for data only. */
  readonly root: YamlNode | undefined;
  /** Undefined when asked for data only, or when no template stage ran. */
  readonly sourceMap: SourceMap | undefined;
  /** Everything found on the way, located in the source. */
  readonly problems: readonly Problem[];
  /**
   * Paths below the file-server root that its imports asked for, also where there is none: they decide, too, whether it
   * must be rendered again.
   */
  readonly imports: readonly string[];
  /** What it asked the release of Salt: a release that says the same of all of that gives the same. */
  readonly asked: readonly SaltFeatureName[];
  /** What stands in the way: the target whose profile it is has not been asked yet. */
  readonly questions?: readonly TargetQuestion[];
}

/** Why it is not known what Salt makes of the file: then it counts as failed here, and nothing of Salt is quoted. */
export function undecidedReason({ problems }: Pick<RenderedDefinition, "problems">): Undecided | undefined {
  return problems.find(({ undecided }) => undecided)?.undecided;
}

/** What is said of a rendering that took all of a worker's memory. */
export const memoryLimitReason = stoppedAt("Rendering it takes more memory than a definition is given.");
