import { describe, expect, it } from "vitest";
import { CancellationToken } from "vscode-languageserver-protocol";
import { DefinitionDocument } from "../../../server/languages/definition/document.js";
import { DefinitionService } from "../../../server/languages/definition/service.js";
import { type LanguageService, Refusal } from "../../../server/languages/language-service.js";
import { MacroDocument } from "../../../server/languages/macro/document.js";
import { MacroService } from "../../../server/languages/macro/service.js";
import { ProjectFileDocument } from "../../../server/languages/project-file/document.js";
import { ProjectFileService } from "../../../server/languages/project-file/service.js";
import { SaltConfigDocument } from "../../../server/languages/salt-config/document.js";
import { SaltConfigService } from "../../../server/languages/salt-config/service.js";
import { fullClient } from "../clients.js";
import { profiles, renderingsOf } from "./definition/rendered.js";
import { MemoryTemplates } from "./jinja/memory-templates.js";

const token = CancellationToken.None;
const lib = "{% macro link(v, arch='x64') %}{{ base }}/{{ v }}{% endmacro %}\n{% set base = 'https://example.com' %}\n";
const templates = new MemoryTemplates({ "lib.jinja": lib });
const uri = "file:///repo/tool.sls";

const definition = `\
#!jinja|yaml
{# a tool #}
{%- from 'lib.jinja' import link as lnk, base -%}
{%- import 'lib.jinja' as lib -%}
{% load_yaml as versions %}
- {name: '1.10', arch: {x: 64}}
{% endload %}
{% set at = {'AMD64': 'x64', 'x86': "32"}[grains['cpuarch']] if grains.os == 'Windows' else 'none' %}
tool:
{%- for v in versions if v.name is string and not loop.last %}
  '{{ v.name|replace('.', '_') }}':
    full_name: Tool {{ v['name'] }}
    installer: {{ lnk(v.name, arch=at) }}{{ lib.link(1) }}
    {% if salt['grains.get']('cpuarch') == 'AMD64' %}
    install_flags: '/S'
    {% elif at %}
    msiexec: True
    {% else %}{% raw %}{{ x }}{% endraw %}
    {%- endif %}
{%- endfor %}
`;

function definitionService(text: string): LanguageService {
  const document = new DefinitionDocument(uri, "tool.sls", 1, text);
  const renderings = renderingsOf(document);
  const facts = {
    profiles: () => profiles,
    renderings: () => renderings,
    selectedRendering: () => renderings[0],
    findings: () => [],
    lookup: () => () => undefined,
    templates,
  };
  return new DefinitionService(document, facts, fullClient);
}

const languages: readonly [string, string, (text: string) => LanguageService][] = [
  ["a definition", definition, definitionService],
  [
    "a macro file",
    definition,
    (text) => new MacroService(new MacroDocument(uri, 1, text), { profiles: () => profiles, templates }, fullClient),
  ],
  [
    "a project file",
    "profiles: [windows-amd64]\nfileRoots:\n  - /srv\nexclude: ['old/**']\ntargets:\n  box:\n    kind: ssh\n    host: h\nsalt:\n  minion: etc/minion\nlint:\n  rules:\n    http-url: off # note\n  overrides:\n    - files: ['*']\n      rules: {}\n",
    (text) => new ProjectFileService(new ProjectFileDocument(uri, 1, "/repo/.winrepo.yaml", text), fullClient),
  ],
  [
    "a configuration of Salt's",
    "winrepo_dir: /srv\nwinrepo_remotes_ng:\n  - https://example.com/a.git\nwinrepo_brnch: 'x'\n",
    (text) => new SaltConfigService(new SaltConfigDocument(uri, 1, "minion", text), fullClient),
  ],
];

/** Asks everything at a place, and holds each answer against the text. */
async function askAll(service: LanguageService, offset: number): Promise<void> {
  const { document } = service;
  const end = document.lines.position(document.lines.text.length);
  const answers = [
    await service.diagnostics(token),
    await service.hover?.(offset, token),
    await service.completion?.(offset, token),
    await service.codeActions?.({ range: { start: offset, end: offset }, diagnostics: [] }, token),
    await service.documentSymbols?.(token),
    await service.documentLinks?.(token),
    await service.definition?.(offset, token),
    await service.references?.(offset, true, token),
    await service.documentHighlights?.(offset, token),
    await refusable(() => service.prepareRename?.(offset, token)),
    await refusable(() => service.rename?.(offset, "renamed", token)),
  ];
  const here = JSON.stringify(answers, (key, value) =>
    (key === "uri" && value !== document.uri) || value === undefined ? null : value,
  );
  for (const [, line] of here.matchAll(/"line":(-?\d+)/g)) {
    expect(Number(line)).toBeGreaterThanOrEqual(0);
    expect(Number(line)).toBeLessThanOrEqual(Math.max(end.line, lib.split("\n").length));
  }
}

async function refusable(ask: () => unknown): Promise<unknown> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

describe("every feature answers for a text that is being typed", () => {
  it.each(languages)("%s, cut anywhere", async (_, text, serviceOf) => {
    for (let end = 0; end <= text.length; end += 3) await askAll(serviceOf(text.slice(0, end)), end);
  });

  it.each(languages)("%s, with a character missing or one too many", async (_, text, serviceOf) => {
    for (let at = 0; at < text.length; at += 11) {
      await askAll(serviceOf(text.slice(0, at) + text.slice(at + 1)), at);
      await askAll(serviceOf(`${text.slice(0, at)}${"'{%}[\"".charAt(at % 6)}${text.slice(at)}`), at + 1);
    }
  });

  it.each(languages)("%s, on Windows and behind a byte order mark", async (_, text, serviceOf) => {
    const windows = `\ufeff${text.replaceAll("\n", "\r\n")}`;
    for (let at = 0; at <= windows.length; at += 7) await askAll(serviceOf(windows), at);
  });
});
