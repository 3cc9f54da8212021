import path from "node:path";
import { beforeEach, expect, it } from "vitest";
import { CancellationToken } from "vscode-languageserver-protocol";
import type { Location } from "vscode-languageserver-types";
import { defaultProject } from "../../../engine/config/project.js";
import type { LanguageService } from "../../../server/languages/language-service.js";
import { LanguageServices } from "../../../server/services.js";
import { Session } from "../../../server/session.js";
import { SelectionState } from "../../../server/workspace/selection.js";
import { fileToUri } from "../../../server/workspace/uri.js";
import { fullClient } from "../clients.js";
import { atCursor } from "../cursor.js";
import { MemoryWorkspace } from "../memory-workspace.js";

const token = CancellationToken.None;
const root = path.resolve("/repo");
const at = (name: string) => path.join(root, name);
const uriOf = (name: string) => fileToUri(at(name));
const lib = "{% macro link(v) %}https://example.com/{{ v }}{% endmacro %}\n";
const user = (name: string) =>
  `{% from 'lib/lib.jinja' import link %}\n${name}:\n  '1':\n    full_name: ${name}\n    installer: {{ link(1) }}\n    install_flags: /S\n`;

let workspace: MemoryWorkspace;
let session: Session;
let services: LanguageServices;
let shown: Map<string, unknown[]>;

beforeEach(async () => {
  workspace = new MemoryWorkspace();
  shown = new Map();
  workspace.texts.set(at("lib/lib.jinja"), lib);
  workspace.texts.set(at("a.sls"), user("a"));
  workspace.texts.set(at("b.sls"), user("b"));
  session = new Session({
    folders: [fileToUri(root)],
    load: (folder) => ({ config: defaultProject(folder), problems: [], text: "" }),
    client: fullClient,
    workspace,
    output: {
      publish: (uri, _, diagnostics) =>
        void shown.set(
          uri,
          diagnostics.map(({ code }) => code),
        ),
      rendered() {},
      classified() {},
      warn: (message) => expect.fail(message),
    },
  });
  services = new LanguageServices(session, new SelectionState(session.projects), fullClient);
  session.start();
  await workspace.clock.advance(2000);
});

function open(name: string, marked: string): { service: LanguageService; offset: number } {
  const { text, offset } = marked.includes("█") ? atCursor(marked) : { text: marked, offset: 0 };
  session.changed({ uri: uriOf(name), languageId: "plaintext", version: 7, text });
  const service = services.of(uriOf(name));
  if (!service) throw new Error(`${name} is of no language`);
  return { service, offset };
}

const places = (locations: readonly Location[] | undefined) =>
  locations?.map(({ uri, range }) => `${path.basename(uri)}:${range.start.line}`);

it("a name leads into the file that it is imported from", async () => {
  const { service, offset } = open("a.sls", user("a").replace("link(1)", "li█nk(1)"));
  expect(places(await service.definition?.(offset, token))).toEqual(["lib.jinja:0"]);
});

it("a name leads to where an unsaved text has it", async () => {
  open("lib/lib.jinja", `{# more #}\n${lib}`);
  const { service, offset } = open("a.sls", user("a").replace("link(1)", "li█nk(1)"));
  expect(places(await service.definition?.(offset, token))).toEqual(["lib.jinja:1"]);
});

it("a macro knows its uses in definitions that are not open", async () => {
  const { service, offset } = open("lib/lib.jinja", lib.replace("link", "li█nk"));
  expect(places(await service.references?.(offset, true, token))).toEqual([
    "lib.jinja:0",
    "a.sls:0",
    "a.sls:4",
    "b.sls:0",
    "b.sls:4",
  ]);
});

it("a rename goes through all files, with the version of those that are open", async () => {
  open("b.sls", user("b"));
  const { service, offset } = open("lib/lib.jinja", lib.replace("link", "li█nk"));
  const edit = await service.rename?.(offset, "url", token);
  const changed = edit?.documentChanges?.flatMap((change) =>
    "edits" in change
      ? [[path.basename(change.textDocument.uri), change.textDocument.version, change.edits.length]]
      : [],
  );
  expect(changed).toEqual([
    ["lib.jinja", 7, 1],
    ["a.sls", null, 2],
    ["b.sls", 7, 2],
  ]);
});

it("paths that count from a template's own folder are found", async () => {
  workspace.write(at("lib/base.jinja"), "{% set host = 'example.com' %}\n");
  const { service, offset } = open("lib/lib.jinja", "{% from './base.jinja' import host %}{{ ho█st }}\n");
  expect(places(await service.definition?.(offset, token))).toEqual(["base.jinja:0"]);
});

it("a macro file shows what Jinja refuses, while it is open", async () => {
  open("lib/lib.jinja", "{% macro link(v) %}{{ v | nosuch }}{% endmacro %}\n");
  expect(shown.get(uriOf("lib/lib.jinja"))).toEqual(["jinja-unknown-filter"]);
  open("lib/lib.jinja", lib);
  expect(shown.get(uriOf("lib/lib.jinja"))).toEqual([]);
  open("lib/lib.jinja", "{% macro link(v %}");
  expect(shown.get(uriOf("lib/lib.jinja"))).not.toEqual([]);
  session.closed(uriOf("lib/lib.jinja"));
  expect(shown.get(uriOf("lib/lib.jinja"))).toEqual([]);
});

it("a template that nothing imports is not judged: it may be another program's", () => {
  open("web/page.j2", "{% trans %}{{ x | translated }}{% endtrans %}");
  expect(shown.has(uriOf("web/page.j2"))).toBe(false);
});

it("a file of macros alone is one of macros whatever it is called", () => {
  const { service } = open("lib.sls", `${lib}{% set a = 1 %}\n`);
  expect(service.documentSymbols?.(token)).toMatchObject([{ name: "link", detail: "(v)" }, { name: "a" }]);
});
