import { iterate } from "../../value/operators.js";
import { repr } from "../../value/repr.js";
import { textOf } from "../../value/text.js";
import { PyError, PyObject, typeName, type Value } from "../../value/types.js";
import type { DataImport, Extends, FromImport, Import, Include } from "../syntax/nodes.js";
import { assign } from "./assign.js";
import { compileExpression } from "./compile-expression.js";
import { readData } from "./compile-load.js";
import { FrameChain } from "./frame-chain.js";
import { LocatedError } from "./located-error.js";
import { type Imported, TemplateModule } from "./module.js";
import { Output } from "./output.js";
import { type Execute, Flow, type LoadedTemplate, type Rendering } from "./rendering.js";
import { runTemplate } from "./run-template.js";
import { ContextScope, Scope } from "./scope.js";

/** The statements that load another template. */
export function compileImport(node: Extends | Include | Import | FromImport | DataImport): Execute {
  switch (node.kind) {
    case "extends": {
      const template = compileExpression(node.template);
      return (rendering, scope) => {
        if (rendering.parent) throw new PyError("TemplateRuntimeError", "extended multiple times");
        const name = template(rendering, scope);
        rendering.at = node.template;
        rendering.parent = rendering.shared.store.load(templateName(name), rendering.file);
        return Flow.next;
      };
    }
    case "include":
      return compileInclude(node);
    case "import": {
      const imported = compileModule(node);
      return (rendering, scope) => {
        scope.setImported(node.target.name, imported(rendering, scope).module);
        return Flow.next;
      };
    }
    case "data-import": {
      const { import: source, format } = node;
      const imported = compileModule(source);
      return (rendering, scope) => {
        const { output } = imported(rendering, scope);
        rendering.at = source;
        assign(source.target, readData(format, output, rendering), undefined, rendering, scope);
        return Flow.next;
      };
    }
    case "from-import": {
      const imported = compileModule(node);
      return (rendering, scope) => {
        const { module } = imported(rendering, scope);
        for (const { name, target } of node.names) {
          const value = module.exports.get(name);
          scope.setImported(target.name, value === undefined ? notExported(node, name, module, rendering) : value);
        }
        return Flow.next;
      };
    }
  }
}

function notExported(node: FromImport, name: string, module: TemplateModule, rendering: Rendering): Value {
  const place = rendering.file === undefined ? `line ${node.line}` : `line ${node.line} in ${repr(rendering.file)}`;
  const hint = `the template ${repr(module.path)} (imported on ${place}) does not export the requested name ${repr(name)}`;
  return rendering.provenance.noteUndefined(rendering.undefined({ hint, name }), node);
}

/** How an import gets its module: run with the context of this place, or the one that all imports without it share. */
function compileModule(node: Import | FromImport): (rendering: Rendering, scope: Scope) => Imported {
  const template = compileExpression(node.template);
  return (rendering, scope) => {
    const name = template(rendering, scope);
    rendering.at = node.template;
    const { store } = rendering.shared;
    const loaded = store.load(templateName(name), rendering.file);
    if (!node.withContext) return defaultModule(loaded, rendering, rendering.frames);
    return runModule(loaded, rendering.imported(loaded), new ContextScope(scope));
  };
}

function runModule(loaded: LoadedTemplate, rendering: Rendering, outer: Scope): Imported {
  const output = new Output(rendering.mapped);
  const own = runTemplate(loaded.template, rendering, outer, output);
  return { module: new TemplateModule(loaded.path, own.exports(), output.text), output };
}

/** Jinja runs a template without context once, and keeps what it gave: its lists and dicts are the same for all. */
function defaultModule(loaded: LoadedTemplate, rendering: Rendering, frames: FrameChain | undefined): Imported {
  const { modules } = rendering.shared;
  let imported = modules.get(loaded.path);
  if (!imported) {
    const inner = rendering.imported(loaded);
    inner.frames = frames;
    imported = runModule(loaded, inner, withoutContext(loaded, rendering));
    modules.set(loaded.path, imported);
  }
  return imported;
}

function compileInclude(node: Include): Execute {
  const template = compileExpression(node.template);
  return (rendering, scope, output) => {
    const name = template(rendering, scope);
    rendering.at = node.template;
    const loaded = firstOf(name, node.ignoreMissing, rendering);
    if (!loaded) return Flow.next;
    const frames = rendering.mapped
      ? new FrameChain(rendering.frames, "include", node, rendering.file)
      : rendering.frames;
    if (!node.withContext) {
      output.append(defaultModule(loaded, rendering, frames).output);
      return Flow.next;
    }
    const included = rendering.imported(loaded);
    included.frames = frames;
    runTemplate(loaded.template, included, new ContextScope(scope), output);
    return Flow.next;
  };
}

/**
 * Salt's variables are globals of every template; its loader sets those that tell where the template lies
 * (salt-reference §3.6).
 */
function withoutContext({ path }: LoadedTemplate, rendering: Rendering): Scope {
  const scope = new Scope(rendering.base);
  const folder = path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : "";
  scope.set("tplfile", path);
  scope.set("tpldir", folder || ".");
  scope.set("tpldot", folder.replaceAll("/", "."));
  return scope;
}

/** The first template of a list that there is, or the one of that name. */
function firstOf(name: Value, ignoreMissing: boolean, rendering: Rendering) {
  const isName = textOf(name) !== undefined;
  const names = isName ? [name] : [...iterate(name)];
  for (const candidate of names) {
    try {
      return rendering.shared.store.load(templateName(candidate), rendering.file);
    } catch (error) {
      const missing = error instanceof PyError && error.type === "TemplateNotFound";
      if (!missing || error instanceof LocatedError || (isName && !ignoreMissing)) throw error;
    }
  }
  if (ignoreMissing) return undefined;
  const list = names.map((candidate) => templateName(candidate)).join(", ");
  throw new PyError("TemplatesNotFound", `none of the templates given were found: ${list}`);
}

function templateName(name: Value): string {
  if (name instanceof PyObject) name.use();
  const text = textOf(name);
  if (text === undefined) {
    throw new PyError("TypeError", `expected str, bytes or os.PathLike object, not ${typeName(name)}`);
  }
  return text;
}
