import type { Hover } from "vscode-languageserver-types";
import { keyDocumentation } from "../../../engine/definition/key-docs.js";
import { type ModelPlace, modelsAt, piecesAt } from "../../../engine/definition/places.js";
import { VersionDefinition } from "../../../engine/pkg/plan/definition.js";
import { expectedCommands } from "../../../engine/pkg/plan/expected-commands.js";
import type { Span } from "../../../engine/problem.js";
import { defaultCacheDir } from "../../../engine/target/target.js";
import { str } from "../../../engine/value/repr.js";
import { Dict, type Value } from "../../../engine/value/types.js";
import { type ClientFeatures, markup } from "../client-features.js";
import { type Branch, branchAt } from "../jinja/branches.js";
import { factHover, type HoverContent, jinjaHover } from "../jinja/hover.js";
import type { TemplateFiles } from "../jinja/template-document.js";
import { inlineCode } from "../markdown.js";
import type { DefinitionDocument, Rendering } from "./document.js";

export interface HoverFacts {
  /** What each profile makes of the document. */
  readonly renderings: readonly Rendering[];
  readonly templates: TemplateFiles;
}

/**
 * On a key: what Salt does with it. On a value or a Jinja expression: what it renders to, for each profile. On a
 * version: what Salt would run.
 */
export function hover(
  document: DefinitionDocument,
  offset: number,
  facts: HoverFacts,
  client: ClientFeatures,
): Hover | undefined {
  const found = contentAt(document, offset, facts);
  return (
    found && {
      contents: markup(found.markdown, client.hoverMarkdown),
      ...(found.range && { range: document.lines.range(found.range) }),
    }
  );
}

function contentAt(document: DefinitionDocument, offset: number, facts: HoverFacts): HoverContent | undefined {
  const { renderings } = facts;
  const { kind } = document.template.placeAt(offset);
  if (kind === "comment") return undefined;
  if (kind !== "text") return tagHover(document, offset, facts);
  const places = renderings.map((rendering) => ({ rendering, models: modelsAt(rendering.view, offset) }));
  const first = places.flatMap(({ models }) => models)[0];
  if (!first) return keyHover(document, offset) ?? expressionHover(offset, renderings);
  switch (first.kind) {
    case "attribute":
      return first.side === "key" ? keyHover(document, offset) : attributeHover(first.attribute.name, places);
    case "version":
      return versionHover(places);
    case "package":
      return packageHover(places);
  }
}

function tagHover(document: DefinitionDocument, offset: number, facts: HoverFacts): HoverContent | undefined {
  const { renderings, templates } = facts;
  const profiles = renderings.map(({ profile }) => profile);
  const branch = branchAt(document.text, document.template.tree, offset);
  if (branch) return branchHover(branch, renderings);
  const rendered = expressionHover(offset, renderings);
  const named = jinjaHover(document, offset, templates);
  if (!rendered) return named ?? factHover(document, offset, profiles);
  const markdown = named ? `${rendered.markdown}\n\n---\n\n${named.markdown}` : rendered.markdown;
  return { ...rendered, markdown };
}

/** Which profiles take a branch, as far as it prints something. */
function branchHover({ tag, body }: Branch, renderings: readonly Rendering[]): HoverContent | undefined {
  if (!body) return undefined;
  const taken = renderings.filter(({ rendered }) =>
    rendered.sourceMap?.spans.some(
      ({ file, source, output }) =>
        file === undefined && source.start >= body.start && source.end <= body.end && output.end > output.start,
    ),
  );
  const names = (some: readonly Rendering[]) => some.map(({ profile }) => profile.name).join(", ") || "none";
  const others = renderings.filter((rendering) => !taken.includes(rendering));
  return { markdown: `**Branch**\n\n- taken by: ${names(taken)}\n- not by: ${names(others)}`, range: tag };
}

/** By the text alone: works where nothing was rendered, and in a branch that no profile takes. */
function keyHover(document: DefinitionDocument, offset: number): HoverContent | undefined {
  const line = document.lines.lineAt(offset);
  const start = document.lines.startOf(line);
  const match = /^(\s+)([A-Za-z_]+)(?=\s*:(\s|$))/.exec(document.lines.lineText(line));
  const [, indent = "", name = ""] = match ?? [];
  const range = { start: start + indent.length, end: start + indent.length + name.length };
  if (!match || offset < range.start || offset > range.end) return undefined;
  const markdown = keyDocumentation(name);
  return markdown === undefined ? undefined : { markdown, range };
}

function expressionHover(offset: number, renderings: readonly Rendering[]): HoverContent | undefined {
  let range: Span | undefined;
  const sections = renderings.map((rendering) => {
    const values: string[] = [];
    for (const piece of piecesAt(rendering.view, offset)) {
      if (piece.kind !== "value") continue;
      range ??= piece.source;
      values.push(rendering.rendered.rendered.slice(piece.output.start, piece.output.end));
    }
    // A literal of the template: what was printed from it.
    for (const { origin, output } of rendering.rendered.sourceMap?.spans ?? []) {
      if (!origin || offset < origin.start || offset > origin.end) continue;
      range ??= origin;
      values.push(rendering.rendered.rendered.slice(output.start, output.end));
    }
    return { name: rendering.profile.name, values };
  });
  return range && { markdown: perProfile("Rendered", sections), range };
}

type Places = readonly { readonly rendering: Rendering; readonly models: readonly ModelPlace[] }[];

function attributeHover(name: string, places: Places): HoverContent {
  const sections = places.map(({ rendering, models }) => ({
    name: rendering.profile.name,
    values: models.flatMap((model) => (model.kind === "attribute" ? [str(model.attribute.value)] : [])),
  }));
  return { markdown: perProfile(`\`${name}\``, sections) };
}

/** Of one version all that Salt does with it; of several, as a loop makes them, their names. */
function versionHover(places: Places): HoverContent {
  const sections = places.map(({ rendering, models }) => {
    const versions = models.flatMap((model) => (model.kind === "version" ? [model] : []));
    const [only] = versions;
    const lines =
      only && versions.length === 1 ? versionLines(rendering, only) : versions.map(({ version }) => named(version));
    return { name: rendering.profile.name, lines };
  });
  return { markdown: grouped("Version", sections) };
}

type VersionPlace = Extract<ModelPlace, { readonly kind: "version" }>;

function named({ name, attributes }: VersionPlace["version"]): string {
  const fullName = attributes.get("full_name");
  return inlineCode(`${name}${fullName ? ` · ${str(fullName.value)}` : ""}`);
}

function versionLines(rendering: Rendering, { version }: VersionPlace): string[] {
  const owner = rendering.view.packages.find(({ versions }) => versions.includes(version));
  const attributes = Dict.from([...version.attributes].map(([key, { value }]): [string, Value] => [key, value]));
  const definition = new VersionDefinition(owner?.name ?? "", version.name, attributes);
  const { cached, install, uninstall } = expectedCommands(definition, defaultCacheDir, "base");
  const fullName = attributes.get("full_name");
  return [
    `install: ${install === undefined ? "*nothing that Salt can run*" : inlineCode(install)}`,
    `uninstall: ${uninstall === undefined ? "*nothing that Salt can run*" : inlineCode(uninstall)}`,
    ...(cached === undefined ? [] : [`fetched to: ${inlineCode(cached)}`]),
    ...(fullName === undefined
      ? []
      : [`then in the registry: ${inlineCode(str(fullName))}, ${inlineCode(version.name)}`]),
  ];
}

function packageHover(places: Places): HoverContent {
  const lines = places.flatMap(({ rendering, models }) =>
    models.flatMap((model) => {
      if (model.kind !== "package") return [];
      const { name, versions } = model.package;
      return [
        `- ${rendering.profile.name}: ${inlineCode(name)}, ${versions.length} version${versions.length === 1 ? "" : "s"}`,
      ];
    }),
  );
  return { markdown: `**Package**\n\n${lines.join("\n")}` };
}

/** Profiles that give the same values share one section. */
function perProfile(
  title: string,
  sections: readonly { readonly name: string; readonly values: readonly string[] }[],
): string {
  const shown = (value: string) => (value === "" ? "*empty text*" : inlineCode(value));
  return grouped(
    title,
    sections.map(({ name, values }) => ({ name, lines: [...new Set(values)].map(shown) })),
  );
}

const shownLines = 4;

function grouped(
  title: string,
  sections: readonly { readonly name: string; readonly lines: readonly string[] }[],
): string {
  const groups = new Map<string, string[]>();
  for (const { name, lines } of sections) {
    const items = lines.slice(0, shownLines).map((line) => `- ${line}`);
    const hidden = lines.length - shownLines;
    if (hidden > 0) items.push(`- … and ${hidden} more`);
    const body = items.join("\n") || "- *not rendered*";
    groups.set(body, [...(groups.get(body) ?? []), name]);
  }
  return [`**${title}**`, ...[...groups].map(([body, names]) => `${names.join(", ")}:\n\n${body}`)].join("\n\n");
}
