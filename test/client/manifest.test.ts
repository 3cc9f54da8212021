import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { serverCommands } from "../../server/protocol.js";

const root = path.resolve(import.meta.dirname, "../..");
const manifest = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as {
  main: string;
  activationEvents: string[];
  capabilities: { untrustedWorkspaces: { supported: unknown } };
  contributes: {
    commands: { command: string; enablement?: string }[];
    languages: { id: string; extensions?: string[]; configuration: string }[];
    grammars: { path: string; scopeName: string }[];
    configuration: { properties: { [name: string]: unknown } };
  };
};
const { contributes } = manifest;
const registered = readFileSync(path.join(root, "client/commands/register.ts"), "utf8");

describe("the extension's manifest", () => {
  it.each(contributes.commands.map(({ command }) => command))("%s is registered", (command) => {
    expect(registered).toMatch(new RegExp(`\\b${command.replace("winrepo.", "")}\\b`));
  });

  it("has no command of the server's own name: the client registers those itself", () => {
    const names = contributes.commands.map(({ command }) => command);
    for (const command of Object.values(serverCommands)) expect(names).not.toContain(command);
  });

  it("touches targets and databases in trusted workspaces only", () => {
    expect(manifest.capabilities.untrustedWorkspaces.supported).toBe("limited");
    const acting = /refresh|install|remove|target/i;
    for (const { command, enablement } of contributes.commands)
      if (acting.test(command)) expect([command, enablement]).toEqual([command, "isWorkspaceTrusted"]);
  });

  it("claims no file ending: .sls may belong to another extension", () => {
    for (const language of contributes.languages) expect(language.extensions ?? []).toEqual([]);
  });

  it("keeps the settings few", () => {
    expect(Object.keys(contributes.configuration.properties).length).toBeLessThanOrEqual(5);
  });

  it("names files that exist", () => {
    for (const file of [
      ...contributes.grammars.map((grammar) => grammar.path),
      contributes.languages[0]?.configuration,
    ])
      expect(() => readFileSync(path.join(root, file ?? ""))).not.toThrow();
  });
});
