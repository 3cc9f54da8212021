import { fnmatch } from "../../glob.js";
import { charge } from "../../value/meter.js";
import { repr, str } from "../../value/repr.js";
import { textOf } from "../../value/text.js";
import { Dict, PyError, PyFloat, Tuple, type Value } from "../../value/types.js";
import { type Args, type EvalContext, type Kwargs, NativeFunction, NotRunError } from "../runtime.js";
import { Signature } from "../signature.js";

const raiseSignature = new Signature("jinja_raise(msg)");

/** Salt's `raise(message)`: salt.exceptions.TemplateError, which Salt words as it does exceptions of Python. */
export const raiseFunction = new NativeFunction(
  "jinja_raise",
  "linear",
  (_, args, kwargs) => {
    const [message = null] = raiseSignature.bind(args, kwargs);
    throw new PyError("TemplateError", str(message));
  },
  "function",
  "<function jinja_raise at 0x7f0000000000>",
);

/** What in a target expression asks for more than the minion's name. */
const compound = /@|^not | and | or |\(/;

function minionId(context: EvalContext, kwargs: Kwargs): string {
  const given = kwargs.get("minion_id");
  if (given !== undefined && given !== null) return str(given);
  if (!context.host.hasSalt?.("grains.get")) {
    throw new NotRunError("ifelse() matches against the minion's id, which the profile does not give (grains: id).");
  }
  return str(context.host.callSalt?.("grains.get", ["id"], new Map(), context.budget) ?? null);
}

function matches(context: EvalContext, matcher: Value, kwargs: Kwargs): boolean {
  if (typeof matcher === "boolean") return matcher;
  const pattern = textOf(matcher);
  if (pattern === undefined) return false;
  if (compound.test(pattern)) {
    throw new NotRunError(`ifelse() would match the target ${repr(pattern)}, which only a minion can do.`);
  }
  context.budget.step(pattern.length);
  return fnmatch(minionId(context, kwargs), pattern, { step: () => context.budget.step() });
}

/** Salt's `ifelse(matcher, value, …, default)`: the value of the first matcher that fits the minion's id. */
export const ifElseFunction = new NativeFunction(
  "ifelse",
  "counted",
  (context, args, kwargs) => {
    if (args.length % 2 === 0) {
      throw new PyError("SaltException", "The ifelse function must have an odd number of arguments!");
    }
    for (let index = 0; index + 1 < args.length; index += 2) {
      if (matches(context, args[index] as Value, kwargs)) return args[index + 1] as Value;
    }
    return args.at(-1) as Value;
  },
  "function",
  "<function ifelse at 0x7f0000000000>",
);

/** Salt's `simple_types_filter`: what is no plain data is shown as its repr. */
function simple(value: Value): Value {
  charge(1);
  if (value instanceof Dict) {
    return Dict.from(Array.from(value, ([key, item]) => [isSimple(key) ? key : repr(key), simple(item)] as const));
  }
  if (Array.isArray(value)) return value.map(simple);
  if (value instanceof Tuple) return value.items.map(simple);
  return isSimple(value) ? value : repr(value);
}

function isSimple(value: Value): boolean {
  return value === null || typeof value !== "object" || value instanceof PyFloat;
}

/** Salt's `show_full_context()`: all variables that the template can see. */
export const showFullContext = new NativeFunction(
  "show_full_context",
  "counted",
  (context: EvalContext, args: Args) => {
    if (args.length) {
      const message = `show_full_context() takes 1 positional argument but ${args.length + 1} were given`;
      throw new PyError("TypeError", message);
    }
    return simple(context.variables());
  },
  "function",
  "<function show_full_context at 0x7f0000000000>",
);
