import type { Span } from "../../problem.js";
import { Bytes, Dict, PySet, Tuple, type Value } from "../../value/types.js";
import { loadYaml } from "../../yaml/index.js";
import type { DataFormat, LoadBlock } from "../syntax/nodes.js";
import { assign } from "./assign.js";
import { compileBody } from "./compile-body.js";
import type { CompileFrame } from "./compile-frame.js";
import { OutputMap } from "./mapped-output.js";
import { Output } from "./output.js";
import { type Execute, Flow, type Rendering } from "./rendering.js";
import { Scope } from "./scope.js";

/** Salt's `{% load_yaml as x %}…{% endload %}` and its like: the body is rendered, read, and bound. */
export function compileLoad(node: LoadBlock, frame: CompileFrame): Execute {
  const inside = frame.capturing((symbols) => symbols.visit(...node.body));
  const body = compileBody(node.body, inside);
  frame.mark(node.line);
  return (rendering, scope) => {
    const inner = new Output(rendering.mapped);
    body(rendering, new Scope(scope, inside.unset), inner);
    rendering.line = node.line;
    rendering.at = { start: node.tag.start, end: node.tag.end, line: node.line };
    const value = readData(node.format, inner, rendering);
    assign(node.target, value, undefined, rendering, scope);
    return Flow.next;
  };
}

/** Reads rendered text as data. @throws PyError what Salt's filter of that name raises */
export function readData(format: DataFormat, output: Output, rendering: Rendering): Value {
  const { text } = output;
  if (format === "yaml" && rendering.mapped) {
    const { data, root, problems } = loadYaml(text, rendering.salt);
    if (data !== undefined && problems.length === 0 && isText(data)) {
      const map = new OutputMap(output, rendering.source);
      if (root) rendering.origins.addYaml(root, (span: Span) => rendering.place(map.toSource(span)));
      return data;
    }
  }
  return rendering.callFilter(`load_${format}`, text);
}

/** Whether Salt takes loaded data as it is: bytes become text, tuples and sets are made anew. */
function isText(data: Value): boolean {
  if (Array.isArray(data)) return data.every(isText);
  if (data instanceof Dict) return Array.from(data).every(([key, item]) => isText(key) && isText(item));
  return !(data instanceof Bytes || data instanceof Tuple || data instanceof PySet);
}
