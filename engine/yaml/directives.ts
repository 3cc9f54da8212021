import { parserError } from "./error.js";
import type { Token } from "./token.js";

/** What the directives before a document declare: its version, and the handles that its tags may begin with. */
export class Directives {
  #version = false;
  readonly #prefixes = new Map<string, string>();

  /** @throws YamlSyntaxError ParserError for a directive that came before, or a version that libyaml does not know */
  declare(token: Token): void {
    if (token.kind === "version-directive") {
      if (this.#version) throw parserError("found duplicate %YAML directive", token.start);
      if (token.text !== "1.1" && token.text !== "1.2") {
        throw parserError("found incompatible YAML document", token.start);
      }
      this.#version = true;
    } else {
      if (this.#prefixes.has(token.text)) throw parserError("found duplicate %TAG directive", token.start);
      this.#prefixes.set(token.text, token.suffix);
    }
  }

  /** The full name of a tag. @param start where its node begins */
  expand(token: Token, start: number): string {
    if (token.text === "") return token.suffix;
    const prefix = this.#prefixes.get(token.text) ?? defaultPrefixes.get(token.text);
    if (prefix !== undefined) return prefix + token.suffix;
    throw parserError("found undefined tag handle", token.start, "while parsing a node", start);
  }
}

const defaultPrefixes: ReadonlyMap<string, string> = new Map([
  ["!", "!"],
  ["!!", "tag:yaml.org,2002:"],
]);
