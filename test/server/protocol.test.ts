import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { notifications, requests, serverCommands } from "../../server/protocol.js";

const page = readFileSync(path.resolve(import.meta.dirname, "../../docs/protocol.md"), "utf8");
const declared = [
  ...Object.values(requests).map(({ method }) => method),
  ...Object.values(notifications).map(({ method }) => method),
  ...Object.values(serverCommands),
];

it.each(declared)("%s is described in docs/protocol.md", (name) => {
  expect(page).toContain(`| \`${name}\` |`);
});

it("docs/protocol.md describes nothing that is gone", () => {
  const described = [...page.matchAll(/^\| `(winrepo[/.][\w./]+)`/gm)].map(([, name]) => name);
  expect(described.sort()).toEqual([...declared].sort());
});
