import path from "node:path";
import { expect, it } from "vitest";
import { defaultProject } from "../../../engine/config/project.js";
import { Session } from "../../../server/session.js";
import { fileToUri } from "../../../server/workspace/uri.js";
import { fullClient } from "../clients.js";
import { MemoryWorkspace } from "../memory-workspace.js";
import { unfinishedHost } from "../unfinished-host.js";

const root = path.resolve("/repo");
const definition = "tool:\n  '1.0':\n    full_name: Tool\n    installer: salt://t.exe\n    install_flags: /S\n";

it("keeps what was known of a file whose rendering is not finished, and reads the others", async () => {
  const workspace = new MemoryWorkspace();
  workspace.renderHost = unfinishedHost(workspace.renderHost, "full_name: Larger");
  const file = (name: string) => path.join(root, name);
  for (const name of ["a.sls", "b.sls"]) workspace.texts.set(file(name), definition);
  let codes: unknown[] = [];
  const warnings: string[] = [];
  const session = new Session({
    folders: [fileToUri(root)],
    load: (folder) => ({ config: defaultProject(folder), problems: [], text: "" }),
    client: fullClient,
    workspace,
    output: {
      publish: (_, __, diagnostics) => {
        codes = diagnostics.map(({ code }) => code);
      },
      rendered() {},
      classified() {},
      warn: (message) => void warnings.push(message),
    },
  });
  session.start();
  session.changed({ uri: fileToUri(file("b.sls")), languageId: "winrepo", version: 1, text: definition });
  await workspace.clock.advance(1000);
  expect(codes).toContain("duplicate-package");

  workspace.write(file("a.sls"), definition.replace("Tool", "Larger"));
  workspace.write(file("c.sls"), definition.replaceAll("ool", "ar"));
  await workspace.clock.advance(1000);
  expect(codes).toContain("duplicate-package");
  expect(warnings).toEqual([expect.stringMatching(/^a\.sls: rendering it takes more memory/)]);
  session.changed({
    uri: fileToUri(file("b.sls")),
    languageId: "winrepo",
    version: 2,
    text: definition.replaceAll("ool", "ar"),
  });
  await workspace.clock.advance(1000);
  expect(codes).toContain("duplicate-package");
});
