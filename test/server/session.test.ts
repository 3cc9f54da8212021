import path from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import type { Diagnostic } from "vscode-languageserver-types";
import { defaultProject } from "../../engine/config/project.js";
import { type LoadedProject, parseProject } from "../../engine/config/project-loader.js";
import { clientFeatures } from "../../server/languages/client-features.js";
import { Session } from "../../server/session.js";
import { fileToUri } from "../../server/workspace/uri.js";
import { MemoryWorkspace } from "./memory-workspace.js";

const root = path.resolve("/repo");
const at = (name: string) => path.join(root, name);
const uriOf = (name: string) => fileToUri(at(name));
const definition = (name: string, version = "'1'") =>
  `${name}:\n  ${version}:\n    full_name: ${name}\n    installer: salt://win/repo-ng/${name}.exe\n    install_flags: /S\n`;
const importing =
  "{% from 'map.jinja' import version %}\ntool:\n  {{ version }}:\n    full_name: Tool\n    installer: salt://t.exe\n    install_flags: /S\n";

interface Published {
  readonly uri: string;
  readonly version: number | undefined;
  readonly codes: readonly unknown[];
  readonly diagnostics: readonly Diagnostic[];
}

let workspace: MemoryWorkspace;
let published: Published[];
let session: Session;

beforeEach(() => {
  workspace = new MemoryWorkspace();
  published = [];
});

function start(folders: readonly string[] = [fileToUri(root)]): void {
  session = new Session({
    folders,
    load,
    client: clientFeatures({ textDocument: { publishDiagnostics: { relatedInformation: true } } }),
    workspace,
    output: {
      publish: (uri, version, diagnostics) =>
        void published.push({ uri, version, diagnostics, codes: diagnostics.map(({ code }) => code) }),
      rendered() {},
      classified() {},
      warn: (message) => expect.fail(message),
    },
  });
  session.start();
}

/** The project file of the workspace in memory. */
function load(folder: string): LoadedProject {
  for (let current = folder; ; current = path.dirname(current)) {
    const file = path.join(current, ".winrepo.yaml");
    const text = workspace.texts.get(file);
    if (text !== undefined) return parseProject(text, file);
    if (current === path.dirname(current)) return { config: defaultProject(folder), problems: [], text: "" };
  }
}

let versions = 0;
function open(uri: string, text: string, version = ++versions): void {
  session.changed({ uri, languageId: "sls", version, text });
}

/** Long enough for every delay. */
const settled = () => workspace.clock.advance(2000);
const shown = (uri: string) => published.findLast((each) => each.uri === uri)?.codes ?? [];
const duplicate = "duplicate-package";

describe("the definitions that are not open", () => {
  it("are read after the start, and again when they change, come or go", async () => {
    workspace.write(at("a.sls"), definition("tool"));
    start();
    open(uriOf("z.sls"), definition("tool"));
    await settled();
    expect(shown(uriOf("z.sls"))).toContain(duplicate);
    workspace.write(at("a.sls"), definition("other"));
    await settled();
    expect(shown(uriOf("z.sls"))).not.toContain(duplicate);
    workspace.write(at("c.sls"), definition("tool"));
    await settled();
    expect(shown(uriOf("z.sls"))).toContain(duplicate);
    workspace.delete(at("c.sls"));
    await settled();
    expect(shown(uriOf("z.sls"))).not.toContain(duplicate);
  });

  it("are forgotten when their folder is deleted, also when nothing is told of the single files", async () => {
    workspace.write(at("sub/deep/a.sls"), definition("tool"));
    start();
    open(uriOf("z/b.sls"), definition("tool"));
    await settled();
    expect(shown(uriOf("z/b.sls"))).toContain(duplicate);
    workspace.delete(at("sub"));
    await settled();
    expect(shown(uriOf("z/b.sls"))).not.toContain(duplicate);
  });

  it("are forgotten by the next scan when nobody told that they are gone", async () => {
    workspace.write(at("a.sls"), definition("tool"));
    start();
    open(uriOf("b.sls"), definition("tool"));
    await settled();
    workspace.watches = false;
    workspace.delete(at("a.sls"));
    session.scan();
    await settled();
    expect(shown(uriOf("b.sls"))).not.toContain(duplicate);
  });

  it("count as on disk when they are closed, whatever was typed into them", async () => {
    workspace.watches = false;
    workspace.write(at("a.sls"), definition("tool"));
    start();
    open(uriOf("a.sls"), definition("renamed"));
    open(uriOf("b.sls"), definition("tool"));
    await settled();
    expect(shown(uriOf("b.sls"))).not.toContain(duplicate);
    session.closed(uriOf("a.sls"));
    await settled();
    expect(shown(uriOf("b.sls"))).toContain(duplicate);
    expect(shown(uriOf("a.sls"))).toEqual([]);
  });

  it("are as the last reading of them was, not as the slowest", async () => {
    start();
    open(uriOf("b.sls"), definition("tool"));
    await settled();
    let release = () => {};
    workspace.delay = () => new Promise((resolve) => (release = resolve));
    workspace.write(at("a.sls"), definition("tool"));
    workspace.delay = async () => {};
    workspace.write(at("a.sls"), definition("other"));
    await settled();
    release();
    await settled();
    expect(shown(uriOf("b.sls"))).not.toContain(duplicate);
  });

  it("of a folder that leaves the workspace leave with it", async () => {
    workspace.write(at(".winrepo.yaml"), "lint: {}\n");
    workspace.write(at("one/a.sls"), definition("tool"));
    start([uriOf("one"), uriOf("two")]);
    open(uriOf("two/b.sls"), definition("tool"));
    await settled();
    expect(shown(uriOf("two/b.sls"))).toContain(duplicate);
    session.changeFolders([], [uriOf("one")]);
    await settled();
    expect(shown(uriOf("two/b.sls"))).not.toContain(duplicate);
    session.changeFolders([uriOf("one")], []);
    await settled();
    expect(shown(uriOf("two/b.sls"))).toContain(duplicate);
  });
});

describe("a template that definitions import", () => {
  const bad = "{% set version = 1.10 %}";
  const good = "{% set version = \"'1.10'\" %}";

  it("has them checked again when it changes on disk", async () => {
    workspace.write(at("map.jinja"), bad);
    start();
    open(uriOf("tool.sls"), importing);
    await settled();
    expect(shown(uriOf("tool.sls"))).toContain("version-not-string");
    workspace.write(at("map.jinja"), good);
    await settled();
    expect(shown(uriOf("tool.sls"))).not.toContain("version-not-string");
  });

  it("has them checked again while it is typed, unsaved, and when it is closed without saving", async () => {
    workspace.write(at("map.jinja"), bad);
    start();
    open(uriOf("tool.sls"), importing);
    await settled();
    open(uriOf("map.jinja"), good);
    await settled();
    expect(shown(uriOf("tool.sls"))).not.toContain("version-not-string");
    open(uriOf("map.jinja"), bad);
    await settled();
    expect(shown(uriOf("tool.sls"))).toContain("version-not-string");
    open(uriOf("map.jinja"), good);
    await settled();
    expect(shown(uriOf("tool.sls"))).not.toContain("version-not-string");
    session.closed(uriOf("map.jinja"));
    await settled();
    expect(shown(uriOf("tool.sls"))).toContain("version-not-string");
  });

  it("has them checked again when it comes at last", async () => {
    start();
    open(uriOf("tool.sls"), importing);
    await settled();
    expect(shown(uriOf("tool.sls"))).toContain("jinja-template-not-found");
    workspace.write(at("map.jinja"), good);
    await settled();
    expect(shown(uriOf("tool.sls"))).not.toContain("jinja-template-not-found");
  });

  it("has those read again, too, that are not open", async () => {
    workspace.write(at("map.jinja"), "{% set name = 'other' %}");
    workspace.write(at("a.sls"), `{% from 'map.jinja' import name %}\n${definition("{{ name }}")}`);
    start();
    open(uriOf("b.sls"), definition("tool"));
    await settled();
    expect(shown(uriOf("b.sls"))).not.toContain(duplicate);
    workspace.write(at("map.jinja"), "{% set name = 'tool' %}");
    await settled();
    expect(shown(uriOf("b.sls"))).toContain(duplicate);
    open(uriOf("map.jinja"), "{% set name = 'other' %}");
    await settled();
    expect(shown(uriOf("b.sls"))).not.toContain(duplicate);
  });
});

describe("what is published", () => {
  it("is about the newest version alone, in order, when keys come faster than checks", async () => {
    start();
    for (let version = 1; version <= 20; version++) {
      open(uriOf("a.sls"), definition("tool", version === 20 ? "'1'" : "1.10"), version);
      await workspace.clock.advance(1);
    }
    await settled();
    const told = published.filter(({ uri }) => uri === uriOf("a.sls"));
    const order = told.map(({ version }) => version ?? 0);
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(told.at(-1)).toMatchObject({ version: 20 });
    expect(shown(uriOf("a.sls"))).not.toContain("version-not-string");
  });

  it("is never about a version that has been changed meanwhile", async () => {
    start();
    open(uriOf("a.sls"), definition("tool"), 1);
    open(uriOf("b.sls"), definition("tool"), 1);
    await settled();
    const before = published.length;
    open(uriOf("b.sls"), `# a line more\n${definition("tool")}`, 2);
    // Another file changes what is to be said of version 1, which is gone.
    session.closed(uriOf("a.sls"));
    await workspace.clock.settle();
    const told = published.slice(before).filter(({ uri }) => uri === uriOf("b.sls"));
    expect(told.map(({ version }) => version)).not.toContain(1);
  });

  it("is the same for two documents that clash, whichever is checked last", async () => {
    start();
    open(uriOf("a.sls"), definition("tool"), 1);
    open(uriOf("b.sls"), definition("tool"), 1);
    await settled();
    expect([shown(uriOf("a.sls")), shown(uriOf("b.sls"))].flat().filter((code) => code === duplicate)).not.toEqual([]);
  });

  it("of a project file that is closed is what is on disk", async () => {
    workspace.write(at(".winrepo.yaml"), "lint: {}\n");
    start();
    open(uriOf(".winrepo.yaml"), "lintt: {}\n");
    await settled();
    expect(shown(uriOf(".winrepo.yaml"))).not.toEqual([]);
    session.closed(uriOf(".winrepo.yaml"));
    await settled();
    expect(shown(uriOf(".winrepo.yaml"))).toEqual([]);
  });

  it("ends with the session", async () => {
    start();
    open(uriOf("a.sls"), definition("tool", "1.10"));
    session.dispose();
    await settled();
    expect(published).toEqual([]);
  });
});

describe("which documents are looked at", () => {
  it.each(["git:/repo/a.sls?%7B%22ref%22%3A%22HEAD%22%7D", "gitlens://abc/repo/a.sls", "vscode-timeline:/repo/a.sls"])(
    "a view of an older version is none: %s",
    async (uri) => {
      start();
      session.changed({ uri, languageId: "winrepo", version: 1, text: definition("tool", "1.10") });
      open(uriOf("a.sls"), definition("tool"));
      await settled();
      expect(published.map((each) => each.uri)).not.toContain(uri);
      expect(shown(uriOf("a.sls"))).not.toContain(duplicate);
      session.closed(uri);
      expect(published.map((each) => each.uri)).not.toContain(uri);
    },
  );

  it.each(["untitled:Untitled-1", "memfs:/repo/b.sls"])(
    "a new text, and one of the workspace's own file system, is one: %s",
    async (uri) => {
      start([fileToUri(root), "memfs:/repo"]);
      session.changed({ uri, languageId: "winrepo", version: 1, text: definition("tool", "1.10") });
      await settled();
      expect(shown(uri)).toContain("version-not-string");
    },
  );
});
