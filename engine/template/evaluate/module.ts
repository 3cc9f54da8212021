import { repr } from "../../value/repr.js";
import { PyObject, type Value } from "../../value/types.js";
import type { Output } from "./output.js";

/** What `import … as name` binds: the names that the template sets at its top, and its text (jinja2.environment.TemplateModule). */
export class TemplateModule extends PyObject {
  readonly typeName = "TemplateModule";
  readonly exports: ReadonlyMap<string, Value>;

  constructor(
    readonly path: string,
    names: readonly [string, Value][],
    readonly text: string,
  ) {
    super();
    this.exports = new Map(names);
  }

  override get module(): string {
    return "jinja2.environment";
  }

  override repr(): string {
    return `<TemplateModule ${repr(this.path)}>`;
  }

  override str(): string {
    return this.text;
  }

  override attribute(name: string): Value | undefined {
    return this.exports.get(name);
  }
}

/** A template that was run for what it defines. */
export interface Imported {
  readonly module: TemplateModule;
  readonly output: Output;
}
