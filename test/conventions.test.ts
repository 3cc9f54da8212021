import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "..");

const files = ["client", "engine", "server", "scripts", "test"].flatMap((folder) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => path.posix.join(folder, file.replaceAll(path.sep, "/"))),
);
const texts = new Map(files.map((file) => [file, readFileSync(path.join(root, file), "utf8")]));

/** Names that say the same of another subject, so that a longer one would say it twice. */
const perSubject = new Set([
  // Syntax trees have nodes and tokens, and each language its classes of characters.
  "Node",
  "Token",
  "isDigit",
  "isSpace",
  "isWord",
  // How a filter and a test of Jinja are declared, and what an argument of a method and a field of a message must be.
  "python",
  "text",
  "integer",
  // The same for Node and for browsers.
  "hashes",
]);

/** The nodes of Jinja's syntax tree and the types of LSP have their own vocabulary; every language has a `hover`. */
const ownVocabulary = /^engine\/template\/syntax\/nodes\.ts$|^server\/protocol\.ts$|^server\/languages\/[^/]+\/[^/]+$/;

describe("conventions", () => {
  it("private members are #names", () => {
    const wrong = files.filter((file) => /(?:^ +|[(,] ?)private (?!constructor)/m.test(texts.get(file) ?? ""));
    expect(wrong).toEqual([]);
  });

  it("an exported name means one thing", () => {
    const places = new Map<string, string[]>();
    for (const [file, text] of texts) {
      if (!/^(?:client|engine|server)\//.test(file) || ownVocabulary.test(file)) continue;
      const declared = text.matchAll(
        /^export (?:abstract )?(?:interface|type|class|(?:async )?function|const) (\w+)/gm,
      );
      for (const name of new Set(Array.from(declared, ([, name]) => name as string))) {
        places.set(name, [...(places.get(name) ?? []), file]);
      }
    }
    const shared = [...places].filter(([name, where]) => where.length > 1 && !perSubject.has(name));
    expect(Object.fromEntries(shared)).toEqual({});
  });
});
