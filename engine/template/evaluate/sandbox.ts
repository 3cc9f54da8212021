import { typeName, type Value } from "../../value/types.js";

// jinja2.sandbox refuses every attribute that begins with an underscore, but an attribute that an object does not have is
// merely undefined. So it must be known which private attributes Python's objects have.

const common = dunders(
  "class delattr dir doc eq format ge getattribute getstate gt hash init init_subclass le lt ne new reduce reduce_ex " +
    "repr setattr sizeof str subclasshook",
);

const text = "add contains getitem getnewargs iter len mod mul rmod rmul";
const number =
  "abs add bool ceil divmod float floor floordiv getnewargs int mod mul neg pos pow radd rdivmod rfloordiv rmod rmul " +
  "round rpow rsub rtruediv sub truediv trunc";
const integer = `${number} and index invert lshift or rand rlshift ror rrshift rshift rxor xor`;
const mapping = "class_getitem contains delitem getitem ior iter len or reversed ror setitem";
const keysView = "and contains iter len or rand reversed ror rsub rxor sub xor";
const undefinedValue =
  "add aiter bool call complex div float floordiv getattr getitem int iter len mod module mul neg pos pow radd rdiv " +
  "rfloordiv rmod rmul rpow rsub rtruediv slots sub truediv";
const undefinedFields =
  "fail_with_undefined_error undefined_exception undefined_hint undefined_message undefined_name undefined_obj";

/** By the name of the class: what it has beyond the common ones. */
const own: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries({
    str: dunders(text),
    Markup: dunders(`${text} html html_format module radd slots`),
    bytes: dunders(`${text} bytes`),
    int: dunders(integer),
    bool: dunders(integer),
    float: dunders(`${number} getformat`),
    NoneType: dunders("bool"),
    list: dunders("add class_getitem contains delitem getitem iadd imul iter len mul reversed rmul setitem"),
    tuple: dunders("add class_getitem contains getitem getnewargs iter len mul rmul"),
    dict: dunders(mapping),
    OrderedDict: dunders(`${mapping} dict module`),
    set: dunders("and class_getitem contains iand ior isub iter ixor len or rand ror rsub rxor sub xor"),
    range: dunders("bool contains getitem iter len reversed"),
    dict_items: dunders(keysView),
    dict_keys: dunders(keysView),
    dict_values: dunders("iter len reversed"),
    builtin_function_or_method: dunders("call module name qualname self text_signature"),
    function: dunders(
      "annotations builtins call closure code defaults dict func get globals kwdefaults module name qualname",
    ),
    method: dunders("call func name qualname self"),
    type: dunders(`${mapping} bases call dict module mro name qualname subclasses`),
    generator: dunders("del iter name next qualname"),
    Macro: fields("argument_count async_invoke default_autoescape environment func invoke", "call dict module weakref"),
    LoopContext: fields(
      "after before current iterable iterator last_changed_value length peek_next recurse to_iterator undefined",
      "annotations call dict iter len module next weakref",
    ),
    Cycler: dunders("dict module next weakref"),
    Joiner: dunders("call dict module weakref"),
    TemplateReference: fields("TemplateReference__context", "dict getitem module weakref"),
    BlockReference: fields("async_call context depth stack", "call dict module weakref"),
    TemplateModule: fields("body_stream", "dict html module name weakref"),
    StrictUndefined: fields(undefinedFields, `${undefinedValue} contains`),
    Undefined: fields(undefinedFields, undefinedValue),
  }),
);

/** What a namespace has besides the names that were set in it. */
const ofNamespace = new Set(["__class__", "_Namespace__attrs"]);

function dunders(words: string): ReadonlySet<string> {
  return new Set(words.split(" ").map((word) => `__${word}__`));
}

function fields(names: string, words: string): ReadonlySet<string> {
  return new Set([...names.split(" ").map((name) => `_${name}`), ...dunders(words)]);
}

/** Whether Python's object really has this attribute, whose name begins with an underscore. */
export function hasPrivateAttribute(object: Value, name: string): boolean {
  const type = typeName(object);
  if (type === "Namespace") return ofNamespace.has(name);
  return common.has(name) || (own.get(type)?.has(name) ?? false);
}

/** Attributes without an underscore that reach into the interpreter, by the name of the class. */
const internals: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ["generator", new Set(["gi_frame", "gi_code"])],
  ["type", new Set(["mro"])],
]);

/** jinja2.sandbox.is_internal_attribute, for names without a leading underscore. */
export function isInternal(object: Value, name: string): boolean {
  return internals.get(typeName(object))?.has(name) ?? false;
}
