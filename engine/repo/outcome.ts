import type { Undecided } from "../problem.js";
import { processDefinition } from "../render/process-definition.js";
import { type RenderedDefinition, undecidedReason } from "../render/rendered.js";
import type { TargetQuestion } from "../render/target-questions.js";
import { Dict, type Value } from "../value/types.js";
import { decodeMsgpack, MsgpackWriter } from "./msgpack.js";

/**
 * What genrepo remembers of one rendered file. The data is kept as the bytes that go into winrepo.p: small, quick to
 * put together again, and the same whether it was rendered here, in another thread or by an earlier run.
 */
export interface DefinitionOutcome {
  readonly status: "ok" | "error" | "abort";
  /** Salt's messages for the file on its own. */
  readonly messages: readonly string[];
  /** The packages in order; also of a file with errors, for Salt asks first whether an earlier file defined them. */
  readonly packages: readonly Value[];
  /** full_name and package, in order. */
  readonly nameMap: readonly (readonly [Value, Value])[];
  /** `packages.length` pairs of a MessagePack map, without its header. */
  readonly data: Uint8Array;
  /** Templates below the file-server root that it imported. */
  readonly imports: readonly string[];
  /** Why the status is not Salt's: then the messages are ours. */
  readonly undecided: Undecided | undefined;
  /** False when the bytes do not hold everything (a set, bytes, a name that is no text): then it is not kept for later. */
  readonly portable: boolean;
  /** What the target must be asked first. */
  readonly questions?: readonly TargetQuestion[];
}

export function outcomeOf(rendered: RenderedDefinition): DefinitionOutcome {
  const writer = new MsgpackWriter();
  const packages = rendered.data instanceof Dict ? [...rendered.data] : [];
  for (const [name, versions] of packages) writer.value(name).value(versions);
  return {
    status: rendered.status,
    messages: rendered.messages,
    packages: packages.map(([name]) => name),
    nameMap: [...rendered.nameMap],
    data: writer.bytes(),
    imports: rendered.imports,
    undecided: undecidedReason(rendered),
    ...(rendered.questions && { questions: rendered.questions }),
    portable:
      !rendered.questions &&
      !writer.lossy &&
      [...rendered.nameMap.keys(), ...packages.map(([name]) => name)].every(isText),
  };
}

function isText(value: Value): boolean {
  return typeof value === "string";
}

/** The file's packages as values again. */
function dataOf(outcome: DefinitionOutcome): Dict {
  const bytes = new MsgpackWriter().mapHeader(outcome.packages.length).append(outcome.data).bytes();
  return decodeMsgpack(bytes) as Dict;
}

/**
 * The verdict on a file of which an earlier file already defined a package: Salt stops there and drops the whole file,
 * so what stands behind that package is not looked at (salt-reference §2.4).
 */
export function checkAgainst(
  outcome: DefinitionOutcome,
  isDefined: (packageName: Value) => boolean,
): Pick<DefinitionOutcome, "status" | "messages"> {
  return outcome.packages.some(isDefined) ? processDefinition(dataOf(outcome), isDefined) : outcome;
}

/** Salt's form for a file that cannot be opened (salt-reference §2.4). */
export function unreadableOutcome(reason: string): DefinitionOutcome {
  return nothing(`Failed to read, ${reason} `, undefined);
}

/** For a file that is not looked at to its end. @param reason a sentence: what stopped us */
export function limitedOutcome(reason: string): DefinitionOutcome {
  return nothing(`${reason} What Salt would do is not known.`, "limit");
}

function nothing(message: string, undecided: Undecided | undefined): DefinitionOutcome {
  const empty = { packages: [], nameMap: [], data: new Uint8Array(), imports: [] };
  return { status: "error", messages: [message], ...empty, undecided, portable: false };
}
