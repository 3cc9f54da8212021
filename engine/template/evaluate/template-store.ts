import { PyError } from "../../value/types.js";
import type { TemplateHost } from "../host.js";
import type { SyntaxSettings } from "../syntax/settings.js";
import { LocatedError } from "./located-error.js";
import type { CompiledTemplate, LoadedTemplate, Templates } from "./rendering.js";

/** The templates that one rendering imports, each read and compiled once. */
export class TemplateStore implements Templates {
  private readonly compiled = new Map<string, CompiledTemplate>();
  private readonly asked = new Set<string>();

  constructor(
    private readonly host: TemplateHost,
    private readonly settings: SyntaxSettings,
    private readonly compile: (source: string, settings: SyntaxSettings) => CompiledTemplate,
  ) {}

  /** What imports have asked for so far, by path: also what was not there, or cannot be compiled. */
  get paths(): string[] {
    return [...this.asked];
  }

  /**
   * The template of that name. `./` and `../` count from the importing template's folder; in the file itself that is
   * the file-server root (salt-reference §3.6).
   * @throws PyError TemplateNotFound; LocatedError for a template that cannot be compiled
   */
  load(name: string, from: string | undefined): LoadedTemplate {
    const path = resolve(name, from);
    const found = path === undefined ? undefined : this.compiled.get(path);
    if (path !== undefined && found) return { path, template: found };
    if (path !== undefined) this.asked.add(path);
    const loaded = path === undefined ? undefined : this.host.loadTemplate?.(path, from ?? "");
    if (path === undefined || !loaded) throw new PyError("TemplateNotFound", name);
    const template = this.compile(loaded.source, this.settings);
    const [fault] = template.faults;
    if (fault) {
      const { exception, message, range, line } = fault;
      throw new LocatedError(new PyError(exception, message), { ...range, line }, line, path);
    }
    this.compiled.set(path, template);
    return { path, template };
  }
}

function resolve(name: string, from: string | undefined): string | undefined {
  const relative = name.startsWith("./") || name.startsWith("../");
  const folder = relative && from?.includes("/") ? from.slice(0, from.lastIndexOf("/")).split("/") : [];
  const parts = [...folder];
  for (const part of name.split("/")) {
    if (part === "." || part === "") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join("/");
}
