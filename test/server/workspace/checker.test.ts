import path from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { CancellationToken, CancellationTokenSource } from "vscode-languageserver-protocol";
import type { Diagnostic } from "vscode-languageserver-types";
import { defaultProject } from "../../../engine/config/project.js";
import { LanguageServices } from "../../../server/services.js";
import { Session } from "../../../server/session.js";
import { SelectionState } from "../../../server/workspace/selection.js";
import { fileToUri } from "../../../server/workspace/uri.js";
import { fullClient } from "../clients.js";
import { MemoryWorkspace } from "../memory-workspace.js";
import { unfinishedHost } from "../unfinished-host.js";

const root = path.resolve("/repo");
const uri = fileToUri(path.join(root, "a.sls"));
const definition = "tool:\n  1.10:\n    full_name: Tool\n    installer: salt://t.exe\n    install_flags: /S\n";

let workspace: MemoryWorkspace;
let session: Session;
let services: LanguageServices;
let published: Diagnostic[];

beforeEach(() => {
  workspace = new MemoryWorkspace();
  begin();
});

function begin(): void {
  published = [];
  session = new Session({
    folders: [fileToUri(root)],
    load: (folder) => ({ config: defaultProject(folder), problems: [], text: "" }),
    client: fullClient,
    workspace,
    output: {
      publish: (_, __, diagnostics) => {
        published = diagnostics;
      },
      rendered() {},
      classified() {},
      warn: (message) => expect.fail(message),
    },
  });
  services = new LanguageServices(session, new SelectionState(session.projects), fullClient);
}

const change = (text: string, version: number) => session.changed({ uri, languageId: "winrepo", version, text });

/** The titles of the actions at the version, asked of the document's present state. */
async function titles(token: CancellationToken = CancellationToken.None): Promise<string[] | undefined> {
  const at = { start: definition.indexOf("1.10"), end: definition.indexOf("1.10") };
  const actions = await services.of(uri)?.codeActions?.({ range: at, diagnostics: [] }, token);
  return actions?.map(({ title }) => title);
}

describe("code actions directly behind a change", () => {
  it("wait for the check of that state", async () => {
    change(definition, 1);
    const asked = titles();
    await workspace.clock.advance(1000);
    expect(await asked).toContainEqual("Quote the version: '1.10'");
    change(`${definition}    msiexec: False\n`, 2);
    const again = titles();
    await workspace.clock.advance(1000);
    expect((await again)?.length).toBeGreaterThan(0);
  });

  it("are none when the text changes or closes before, or nobody wants them any more", async () => {
    change(definition, 1);
    const outdated = titles();
    change(`${definition}\n`, 2);
    expect(await outdated).toBeUndefined();
    const cancelled = new CancellationTokenSource();
    const unwanted = titles(cancelled.token);
    cancelled.cancel();
    expect(await unwanted).toBeUndefined();
    const closed = titles();
    session.closed(uri);
    expect(await closed).toBeUndefined();
  });
});

describe("a state whose rendering is not finished", () => {
  /** More than is rendered on the thread that the editor waits for. */
  const long = `{% for a in range(99999) %}{% set b = a * a %}{% endfor %}\n${definition}`;

  it("is said to take too much memory, in the place of what an older state was found to have", async () => {
    workspace.renderHost = unfinishedHost(workspace.renderHost, "range");
    begin();
    change(definition, 1);
    await workspace.clock.advance(1000);
    expect(published.map(({ code }) => code)).toContain("version-not-string");
    change(long, 2);
    const asked = titles();
    await workspace.clock.advance(1000);
    expect(await asked).toBeDefined();
    expect(published.map(({ code }) => code)).not.toContain("version-not-string");
    expect(published[0]?.message).toContain("more memory than a definition is given");
  });

  it("is answered with nothing when the work is ended", async () => {
    workspace.renderHost = unfinishedHost(workspace.renderHost, "range", "ended");
    begin();
    change(long, 1);
    const asked = titles();
    await workspace.clock.advance(1000);
    expect(await asked).toBeUndefined();
  });
});
