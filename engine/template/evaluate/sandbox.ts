import { Bytes, Dict, PyFloat, PyObject, PySet, Tuple, type Value } from "../../value/types.js";
import { Callable } from "../runtime.js";

/** What every Python object has beneath its public names. */
const ofObject = names(
  "class delattr dir doc eq format ge getattribute gt hash init init_subclass le lt ne new reduce reduce_ex repr setattr " +
    "sizeof str subclasshook getstate",
);
const ofContainers = names("contains getitem iter len class_getitem");
const ofMutable = names("delitem setitem iadd imul reversed ior or ror");
const ofSequences = names("add mul rmul getnewargs");
const ofNumbers = names(
  "abs add bool divmod float floordiv int mod mul neg pos pow radd rdivmod rfloordiv rmod rmul round rpow rsub rtruediv " +
    "sub truediv trunc and ceil floor index invert lshift or rand rlshift ror rrshift rshift rxor xor getnewargs",
);
const ofFunctions = names(
  "annotations builtins call closure code defaults dict func get globals kwdefaults module name qualname self wrapped text_signature",
);
const ofInstances = names("dict module weakref slots");

function names(words: string): ReadonlySet<string> {
  return new Set(words.split(" ").map((word) => `__${word}__`));
}

/**
 * Whether Python's object really has this private attribute, which the sandbox then refuses. A name that it does not
 * have is merely undefined.
 */
export function unsafeAttribute(object: Value, name: string): boolean {
  if (ofObject.has(name)) return true;
  return groupsOf(object).some((group) => group.has(name));
}

function groupsOf(object: Value): readonly ReadonlySet<string>[] {
  if (object instanceof Callable) return [ofFunctions, ofInstances];
  if (object instanceof PyObject) return [ofInstances, ofContainers];
  if (typeof object === "string" || object instanceof Bytes || object instanceof Tuple) {
    return [ofContainers, ofSequences, names("mod rmod")];
  }
  if (Array.isArray(object)) return [ofContainers, ofSequences, ofMutable];
  if (object instanceof Dict || object instanceof PySet) return [ofContainers, ofMutable];
  if (typeof object === "number" || typeof object === "bigint" || typeof object === "boolean") return [ofNumbers];
  return object instanceof PyFloat ? [ofNumbers] : [names("bool")];
}

const functionInternals = new Set(["func_closure", "func_code", "func_dict", "func_defaults", "func_globals"]);
const methodInternals = new Set(["im_class", "im_func", "im_self"]);

/** jinja2.sandbox.is_internal_attribute, for names without a leading underscore. */
export function isInternal(object: Value, name: string): boolean {
  if (!(object instanceof Callable)) return false;
  return functionInternals.has(name) || methodInternals.has(name) || name === "mro";
}
