import { pythonTypeName } from "../render/process-definition.js";
import { NotFinished } from "../render/render-host.js";
import { memoryLimitReason, undecidedReason } from "../render/rendered.js";
import { str } from "../value/repr.js";
import { Dict, PyError } from "../value/types.js";
import { type DefinitionFile, type DiscoverOptions, discoverDefinitions } from "./discover.js";
import type { Abort } from "./merge.js";
import { MsgpackWriter } from "./msgpack.js";
import { FileTooLarge, NoRegularFile, readDefinition } from "./read-definition.js";
import type { RepositoryRenderer } from "./repository-renderer.js";

export interface LegacyResult {
  readonly total: number;
  /** Package → version → attributes; a later file replaces a package of an earlier one. */
  readonly repo: Dict;
  /** full_name → package; names of replaced packages stay. */
  readonly nameMap: Dict;
  /** Files that the runner skips with no more than a line in its debug log. */
  readonly skipped: readonly { readonly file: string; readonly reason: string }[];
  /** Files whose exception ends Salt's runner; here the others are still read. */
  readonly aborts: readonly Abort[];
  /** Files that are left out although it is not known whether the runner takes them: why they are not read to their end. */
  readonly limited: readonly { readonly file: string; readonly reason: string }[];
  /** What the runner stores although it is broken, or changes silently. */
  readonly notes: readonly string[];
  /** The content of winrepo.p as the runner writes it: no errors, and today's MessagePack. */
  readonly winrepo: Buffer;
}

/**
 * `winrepo.genrepo`, the runner for minions before 2015.8 (salt-reference §2.10): other rules than the minion's own
 * genrepo.
 */
export async function legacyGenrepo(
  root: string,
  renderer: RepositoryRenderer,
  { kept, signal }: Omit<DiscoverOptions, "hidden"> = {},
): Promise<LegacyResult> {
  const { files, notes: passedOver } = await discoverDefinitions(root, {
    hidden: true,
    ...(kept && { kept }),
    ...(signal && { signal }),
  });
  const repo = new Dict();
  const nameMap = new Dict();
  const skipped: { file: string; reason: string }[] = [];
  const aborts: Abort[] = [];
  const limited: { file: string; reason: string }[] = [];
  const notes = [...passedOver];
  for (const file of files) {
    signal?.throwIfAborted();
    const compiled = await compile(file, renderer, signal);
    if ("skip" in compiled) skipped.push({ file: file.path, reason: compiled.skip });
    else if ("limit" in compiled) limited.push({ file: file.path, reason: compiled.limit });
    else if ("abort" in compiled) aborts.push({ file: file.path, reason: compiled.abort });
    else {
      try {
        const names = readPackages(compiled.data, file.path, notes);
        for (const [name, versions] of compiled.data) repo.set(name, versions);
        for (const [fullName, name] of names) nameMap.set(fullName, name);
      } catch (error) {
        if (!(error instanceof PyError)) throw error;
        aborts.push({ file: file.path, reason: `${error.type}: ${error.message}` });
      }
    }
  }
  const content =
    repo.size > 0
      ? Dict.from([
          ["repo", repo],
          ["name_map", nameMap],
        ])
      : new Dict();
  const winrepo = new MsgpackWriter(true).value(content).bytes();
  return { total: files.length, repo, nameMap, skipped, aborts, limited, notes, winrepo };
}

type Compiled =
  | { readonly data: Dict }
  | { readonly skip: string }
  | { readonly abort: string }
  | { readonly limit: string };

async function compile(
  file: DefinitionFile,
  renderer: RepositoryRenderer,
  signal: AbortSignal | undefined,
): Promise<Compiled> {
  let source: Buffer;
  try {
    source = await readDefinition(file.absolute);
  } catch (error) {
    const { message } = error as Error;
    if (error instanceof FileTooLarge) return notKnown(message);
    return error instanceof NoRegularFile ? notKnown(`It is ${message}.`) : { abort: message };
  }
  const rendered = await renderer.rendering({ file, source }, signal);
  signal?.throwIfAborted();
  if (rendered instanceof NotFinished) return notKnown(memoryLimitReason);
  if (undecidedReason(rendered)) return { limit: rendered.messages.join("; ") };
  const { data, messages } = rendered;
  if (data === undefined) {
    const [message = ""] = messages;
    const compileError = /^Failed to compile, (.*) $/s.exec(message);
    return compileError ? { skip: compileError[1] ?? "" } : { abort: message.replace(/^Failed to read, /, "").trim() };
  }
  if (data instanceof Dict) return { data };
  const isEmpty =
    data === null || data === 0 || data === false || data === "" || (Array.isArray(data) && data.length === 0);
  return isEmpty ? { data: new Dict() } : { abort: noItems(data) };
}

function notKnown(reason: string): Compiled {
  return { limit: `${reason} What Salt would do is not known.` };
}

function noItems(value: Parameters<typeof pythonTypeName>[0]): string {
  return `AttributeError: '${pythonTypeName(value)}' object has no attribute 'items'`;
}

/** The names of a file's packages. Changes `data` as the runner does: versions become text. @throws PyError */
function readPackages(data: Dict, file: string, notes: string[]): Dict {
  const names = new Dict();
  for (const [name, versions] of data) {
    if (!(versions instanceof Dict)) throw new PyError("AttributeError", noItems(versions).replace(/^\w+: /, ""));
    const entries = [...versions];
    for (const [index, [version, attributes]] of entries.entries()) {
      if (typeof version !== "string") {
        versions.delete(version);
        versions.set(str(version), attributes);
        notes.push(`${file}: the version ${str(version)} of '${str(name)}' is no text; the runner stores its text`);
        // Python notices the change when it looks for the next version.
        if (index < entries.length - 1) throw new PyError("RuntimeError", "OrderedDict mutated during iteration");
      }
      if (!(attributes instanceof Dict)) {
        notes.push(
          `${file}: version ${str(version)} of '${str(name)}' is no mapping; the runner stores it all the same`,
        );
        continue;
      }
      const fullName = attributes.get("full_name");
      if (fullName === undefined) throw new PyError("KeyError", "'full_name'");
      names.set(fullName, name);
    }
  }
  return names;
}
