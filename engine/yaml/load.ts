import type { Problem } from "../problem.js";
import { SaltRelease } from "../salt-version/release.js";
import type { Value } from "../value/types.js";
import { type Composition, compose } from "./compose.js";
import { construct } from "./construct.js";
import { YamlLimitError } from "./error.js";
import type { YamlResult } from "./node.js";
import {
  constructProblem,
  limitProblem,
  readerProblem,
  recursionProblem,
  surrogateProblem,
  syntaxProblem,
} from "./problems.js";
import { quickLoad } from "./quick-load.js";
import { chunkStart, findForbidden, findLoneSurrogate } from "./reader.js";

/** libyaml asks its reader for so many characters at once. */
const lookAhead = 4;
/** Salt checks loaded data recursively; deeper than this its check exceeds Python's recursion limit of 1000 frames. */
const maximumDataDepth = 960;

/**
 * Loads a text as Salt's YAML renderer does (salt-reference §4): PyYAML's safe loader on libyaml, with Salt's rules for
 * duplicate and unhashable keys, timestamps, leading zeros, merges. Every node has its range. Never throws and never
 * hangs: what cannot be loaded is described in `problems`, and `root` has as much as there is.
 * @param salt the release whose loader it is; it says afterwards what it was asked
 */
export function loadYaml(text: string, salt: SaltRelease = new SaltRelease()): YamlResult {
  const halfPair = findLoneSurrogate(text);
  const bad = findForbidden(text);
  if (halfPair >= 0) return broken(text, text.slice(0, halfPair), salt, [surrogateProblem(text, halfPair)]);
  if (bad >= 0) return broken(text, text.slice(0, bad), salt, [forbiddenProblem(text, bad)]);
  const composition = compose(text);
  const problems: Problem[] = [];
  if (composition.error) problems.push(compositionProblem(text, composition.error));
  return finish(text, composition, salt, problems);
}

function compositionProblem(text: string, error: NonNullable<Composition["error"]>): Problem {
  return error instanceof YamlLimitError ? limitProblem(text, error) : syntaxProblem(text, error);
}

/** An error before the piece of input with the forbidden character is raised before that piece is read. */
function forbiddenProblem(text: string, offset: number): Problem {
  const known = chunkStart(text, offset);
  const { error, read } = compose(text.slice(0, known));
  return error && read + lookAhead <= known ? compositionProblem(text, error) : readerProblem(text, offset);
}

function broken(text: string, readable: string, salt: SaltRelease, problems: Problem[]): YamlResult {
  return finish(text, compose(readable), salt, problems);
}

function finish(text: string, { root, depth }: Composition, salt: SaltRelease, problems: Problem[]): YamlResult {
  if (!root) return { data: problems.length > 0 ? undefined : null, root, problems };
  const { errors, recursive } = construct(root, salt);
  // In half a tree the values are wanted, but their errors may be consequences of the one that cut it off.
  if (problems.length > 0) return { data: undefined, root, problems };
  for (const error of errors) problems.push(constructProblem(text, error));
  const tooDeep = depth > maximumDataDepth ? root : recursive;
  if (tooDeep) problems.push(recursionProblem(text, tooDeep.start));
  return { data: problems.length > 0 ? undefined : root.value, root, problems };
}

export interface YamlData {
  /** See {@link YamlResult}. */
  readonly data: Value | undefined;
  readonly problems: readonly Problem[];
}

/** What {@link loadYaml} gives, without nodes and, for nearly every definition, in a fraction of the time. */
export function loadYamlData(text: string, salt?: SaltRelease): YamlData {
  const quick = quickLoad(text);
  if (quick !== undefined) return { data: quick, problems: [] };
  const { data, problems } = loadYaml(text, salt);
  return { data, problems };
}
