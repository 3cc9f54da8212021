import type { TargetQuestion } from "../render/target-questions.js";
import { Dict, type Value } from "../value/types.js";
import type { WinrepoData } from "./database.js";
import { MsgpackWriter } from "./msgpack.js";
import { checkAgainst, type DefinitionOutcome } from "./outcome.js";
import { assembleWinrepo, decodeWinrepo } from "./winrepo-p.js";

/**
 * A file whose content makes Salt's refresh stop with an exception, so that it writes no database at all
 * (salt-reference §2.5).
 */
export interface Abort {
  readonly file: string;
  /** The exception as Python prints it. */
  readonly reason: string;
}

/** The files of a repository put together, in the order in which they were given. */
export interface MergedRepository {
  readonly total: number;
  readonly success: number;
  readonly failed: number;
  /** File → names of its packages. */
  readonly successList: ReadonlyMap<string, readonly Value[]>;
  /** File → messages. */
  readonly failedList: ReadonlyMap<string, readonly string[]>;
  readonly aborts: readonly Abort[];
  /** Failed files of which it is not known whether Salt takes them, for a limit of ours ended the look at them. */
  readonly limited: readonly string[];
  /** What a target must be asked before failed files can be rendered. */
  readonly questions: readonly TargetQuestion[];
  /** The content of winrepo.p. */
  readonly winrepo: Buffer;
  /** The same as values; read back on the first call. */
  data(): WinrepoData;
}

/**
 * genrepo's rules across files (salt-reference §2.4): the first file that defines a package wins and a later one is
 * dropped whole; of two packages with one full_name the later wins. Where Salt would abort, the file is counted as
 * failed, named in `aborts`, and the others are merged all the same.
 */
export function mergeOutcomes(
  outcomes: Iterable<readonly [file: string, outcome: DefinitionOutcome]>,
): MergedRepository {
  const successList = new Map<string, readonly Value[]>();
  const failedList = new Map<string, readonly string[]>();
  const aborts: Abort[] = [];
  const limited: string[] = [];
  const questions: TargetQuestion[] = [];
  const defined = new Dict();
  const nameMap = new Dict();
  const repo = new MsgpackWriter();
  for (const [file, outcome] of outcomes) {
    questions.push(...(outcome.questions ?? []));
    const { status, messages } = checkAgainst(outcome, (name) => defined.has(name));
    if (status === "ok") {
      successList.set(file, outcome.packages);
      for (const name of outcome.packages) defined.set(name, null);
      for (const [fullName, name] of outcome.nameMap) nameMap.set(fullName, name);
      repo.append(outcome.data);
    } else {
      failedList.set(file, status === "abort" ? messages.map(abortMessage) : messages);
      if (outcome.undecided === "limit") limited.push(file);
      if (status === "abort") aborts.push({ file, reason: messages.join("; ") });
    }
  }
  const errors = Dict.from([...failedList].map(([file, messages]) => [file, [...messages]] as const));
  const winrepo = assembleWinrepo(defined.size, repo.bytes(), errors, nameMap);
  let data: WinrepoData | undefined;
  return {
    total: successList.size + failedList.size,
    success: successList.size,
    failed: failedList.size,
    successList,
    failedList,
    aborts,
    limited,
    questions,
    winrepo,
    data: () => {
      data ??= decodeWinrepo(winrepo);
      return data;
    },
  };
}

function abortMessage(reason: string): string {
  return `Would abort Salt's whole refresh, ${reason}`;
}
