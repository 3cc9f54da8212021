import { Dict, OrderedDict, PyError, typeName, type Value } from "../../value/types.js";
import type { Cost } from "../cost.js";
import type { MethodTable } from "../methods/define.js";
import { checkCount } from "../methods/define.js";
import { dictMethods, fromKeys, updateDict } from "../methods/dict.js";
import { type Args, Callable, type EvalContext, type Kwargs, Namespace, NativeFunction } from "../runtime.js";
import { Signature } from "../signature.js";
import { Cycler, Joiner } from "./helpers.js";

/** A class that templates may call: `dict`, `namespace`, `cycler` … */
class PyClass extends Callable {
  readonly typeName = "type";
  readonly #qualifiedName: string;
  readonly #construct: (context: EvalContext, args: Args, kwargs: Kwargs) => Value;
  readonly #members: (name: string) => Value | undefined;
  constructor(
    readonly name: string,
    readonly cost: Cost,
    qualifiedName: string,
    construct: (context: EvalContext, args: Args, kwargs: Kwargs) => Value,
    members: (name: string) => Value | undefined = () => undefined,
  ) {
    super();
    this.#qualifiedName = qualifiedName;
    this.#construct = construct;
    this.#members = members;
  }
  override repr(): string {
    return `<class '${this.#qualifiedName}'>`;
  }
  protected override run(context: EvalContext, args: Args, kwargs: Kwargs): Value {
    return this.#construct(context, args, kwargs);
  }
  override attribute(name: string): Value | undefined {
    return this.#members(name);
  }
}

/** `dict.items` of the class itself takes the dict as its first argument. */
function unbound(methods: MethodTable<Dict>, name: string): Value | undefined {
  const method = methods.get(name);
  if (!method) return undefined;
  const call = (context: EvalContext, [self, ...args]: Args, kwargs: Kwargs) => {
    if (self === undefined) throw new PyError("TypeError", `unbound method dict.${name}() needs an argument`);
    if (!(self instanceof Dict)) {
      const message = `descriptor '${name}' for 'dict' objects doesn't apply to a '${typeName(self)}' object`;
      throw new PyError("TypeError", message);
    }
    return method.call(self, args, context, kwargs);
  };
  return new NativeFunction(name, method.cost, call, "method_descriptor", `<method '${name}' of 'dict' objects>`);
}

function dictMember(name: string): Value | undefined {
  if (name !== "fromkeys") return unbound(dictMethods, name);
  const call = (context: EvalContext, args: Args, kwargs: Kwargs) => {
    if (kwargs.size) throw new PyError("TypeError", "dict.fromkeys() takes no keyword arguments");
    checkCount("fromkeys", args.length, 1, 2);
    return fromKeys(args, context);
  };
  const shown = "<built-in method fromkeys of type object at 0x7f0000000000>";
  return new NativeFunction(name, "counted", call, "builtin_function_or_method", shown);
}

export const dictClass = new PyClass(
  "dict",
  "counted",
  "dict",
  (context, args, kwargs) => {
    const dict = new Dict();
    updateDict(dict, args, kwargs, "dict", context);
    return dict;
  },
  dictMember,
);

export const orderedDictClass = new PyClass(
  "OrderedDict",
  "counted",
  "collections.OrderedDict",
  (context, args, kwargs) => {
    if (args.length > 1) {
      throw new PyError("TypeError", `update() takes at most 1 positional argument (${args.length} given)`);
    }
    const dict = new OrderedDict();
    updateDict(dict, args, kwargs, "update", context);
    return dict;
  },
);

export const namespaceClass = new PyClass("Namespace", "counted", "jinja2.utils.Namespace", (context, args, kwargs) => {
  const values = new Dict();
  updateDict(values, args, kwargs, "dict", context);
  return new Namespace(values);
});

export const cyclerClass = new PyClass("Cycler", "linear", "jinja2.utils.Cycler", (_, args, kwargs) => {
  const [name] = kwargs.keys();
  if (name !== undefined) {
    throw new PyError("TypeError", `Cycler.__init__() got an unexpected keyword argument '${name}'`);
  }
  return new Cycler([...args]);
});

const joinerInit = new Signature("Joiner.__init__(@self, sep=None)");

export const joinerClass = new PyClass("Joiner", "linear", "jinja2.utils.Joiner", (_, args, kwargs) => {
  const isGiven = args.length + kwargs.size > 0;
  const [separator = null] = joinerInit.bind(args, kwargs);
  return new Joiner(isGiven ? separator : ", ");
});
