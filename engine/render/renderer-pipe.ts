import { SaltRelease } from "../salt-version/release.js";

/** One renderer of a pipe with the arguments behind its name. */
export interface RendererStage {
  readonly renderer: string;
  readonly argument: string;
}

export interface RendererPipe {
  readonly stages: readonly RendererStage[];
  /** The first renderer that Salt does not have. Then the whole pipe is empty, and the file counts as empty. */
  readonly unknown?: string;
  /** The pipe as written, without `#!`; undefined when the file does not say. */
  readonly written?: string;
}

/** Renderers of every Salt installation (salt-reference §2.6). */
const saltRenderers = new Set(
  "gpg jinja json mako msgpack nacl py pyobjects stateconf tomlmod toml yaml yamlex".split(" "),
);

/** Renderers that Salt no longer has. */
const formerRenderers = new Set("aws_kms cheetah dson genshi hjson json5 pass pydsl wempy".split(" "));

export function isFormerRenderer(name: string): boolean {
  return formerRenderers.has(name);
}

const templateLanguages = ["jinja", "mako", "wempy"];
const dataLanguages = ["yaml", "json", "yamlex"];

/**
 * The renderers that a file goes through: what its `#!` line says, or Salt's default (salt-reference §2.6;
 * salt.template.template_shebang).
 */
export function rendererPipe(
  text: string,
  defaultPipe = "jinja|yaml",
  salt: SaltRelease = new SaltRelease(),
): RendererPipe {
  const line = /^[^\r\n]*/.exec(text)?.[0] ?? "";
  if (!line.startsWith("#!") || line.startsWith("#!/")) return parsePipe(defaultPipe, salt);
  const written = line.trim().slice(2);
  return { ...parsePipe(written, salt), written };
}

function parsePipe(pipe: string, salt: SaltRelease): RendererPipe {
  let parts = pipe.split("|").map((part) => part.trim());
  if (parts.length === 1 && parts[0] === pipe) parts = oldStyle(pipe) ?? parts;
  const stages: RendererStage[] = [];
  for (const part of parts) {
    const [renderer = "", ...rest] = part.split(" ");
    const isThere = saltRenderers.has(renderer) || (formerRenderers.has(renderer) && !salt.has("fewer-renderers"));
    if (!isThere) return { stages: [], unknown: renderer };
    stages.push({ renderer, argument: rest.join(" ").trim() });
  }
  return { stages };
}

/** `yaml_jinja` and its like: one name for two renderers. */
function oldStyle(name: string): string[] | undefined {
  const [data = "", template = "", ...more] = name.split("_");
  const known = more.length === 0 && dataLanguages.includes(data) && templateLanguages.includes(template);
  return known ? [template, data] : undefined;
}
