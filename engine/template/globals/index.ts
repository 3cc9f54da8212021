import type { Value } from "../../value/types.js";
import { NativeFunction, NotRunError } from "../runtime.js";
import { Signature } from "../signature.js";
import { cyclerClass, dictClass, joinerClass, namespaceClass, orderedDictClass } from "./classes.js";
import { rangeFunction } from "./range.js";
import { ifElseFunction, raiseFunction, showFullContext } from "./salt.js";

const lipsumSignature = new Signature("generate_lorem_ipsum(n=5, html=True, min=20, max=100)");

const lipsum = new NativeFunction(
  "generate_lorem_ipsum",
  "constant",
  (_, args, kwargs) => {
    lipsumSignature.bind(args, kwargs);
    throw new NotRunError("lipsum() makes a different text each time and is not run here.");
  },
  "function",
  "<function generate_lorem_ipsum at 0x7f0000000000>",
);

/** The global names of every template: Jinja's own and Salt's (salt-reference §3.2). */
export const globals: ReadonlyMap<string, Value> = new Map<string, Value>([
  ["range", rangeFunction],
  ["dict", dictClass],
  ["lipsum", lipsum],
  ["cycler", cyclerClass],
  ["joiner", joinerClass],
  ["namespace", namespaceClass],
  ["odict", orderedDictClass],
  ["ifelse", ifElseFunction],
  ["raise", raiseFunction],
  ["show_full_context", showFullContext],
]);
