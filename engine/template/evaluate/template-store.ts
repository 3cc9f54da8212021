import { PyError } from "../../value/types.js";
import type { TemplateHost } from "../host.js";
import { templatePath } from "../template-path.js";
import { LocatedError } from "./located-error.js";
import type { CompiledTemplate, LoadedTemplate, TemplateLoader } from "./rendering.js";

/** The templates that one rendering imports, each read and compiled once. */
export class TemplateStore implements TemplateLoader {
  readonly #compiled = new Map<string, CompiledTemplate>();
  readonly #asked = new Set<string>();

  readonly #host: TemplateHost;
  readonly #compile: (source: string) => CompiledTemplate;

  constructor(host: TemplateHost, compile: (source: string) => CompiledTemplate) {
    this.#host = host;
    this.#compile = compile;
  }

  /** What imports have asked for so far, by path: also what was not there, or cannot be compiled. */
  get paths(): string[] {
    return [...this.#asked];
  }

  /**
   * The template of that name.
   * @throws PyError TemplateNotFound; LocatedError for a template that cannot be compiled
   */
  load(name: string, from: string | undefined): LoadedTemplate {
    const path = templatePath(name, from);
    const found = path === undefined ? undefined : this.#compiled.get(path);
    if (path !== undefined && found) return { path, template: found };
    if (path !== undefined) this.#asked.add(path);
    const loaded = path === undefined ? undefined : this.#host.loadTemplate?.(path, from ?? "");
    if (path === undefined || !loaded) throw new PyError("TemplateNotFound", name);
    const template = this.#compile(loaded.source);
    const [fault] = template.faults;
    if (fault) {
      const { exception, message, range, line } = fault;
      throw new LocatedError(new PyError(exception, message), { ...range, line }, line, path);
    }
    this.#compiled.set(path, template);
    return { path, template };
  }
}
