import type { Token } from "../../../engine/template/syntax/token.js";
import { endsOperand } from "./owner.js";

export function isWord(token: Token | undefined, word: string): boolean {
  return token?.type === "name" && token.value === word;
}

/** Whether the string that comes next is the path of another template. */
export function isAtImportPath(before: readonly Token[]): boolean {
  const [tag, ...rest] = before;
  return rest.length === 0 && tag?.type === "name" && /^(?:from|include|extends|import(?:_\w+)?)$/.test(tag.value);
}

/** Whether the next word of `{% from … import a, b %}` is a name of the template that is imported. */
export function isAtImportedName(before: readonly Token[]): boolean {
  const last = before.at(-1);
  if (!isWord(before[0], "from")) return false;
  return isWord(last, "import") || (last?.type === "comma" && before.some((token) => isWord(token, "import")));
}

/**
 * The words that the grammar of a statement takes at its next place; none where a new name has to stand, which nobody can
 * propose. Undefined where an expression stands.
 */
export function statementWords(before: readonly Token[]): readonly string[] | undefined {
  const [tag, ...rest] = before.map((token) => (token.type === "name" ? token.value : token.type));
  const last = rest.at(-1);
  if (last === "as") return [];
  switch (tag) {
    case "for":
      if (rest.includes("in")) return undefined;
      return endsOperand(before.at(-1)) && rest.length > 0 ? ["in"] : [];
    case "set":
      return rest.includes("assign") || rest.includes("pipe") ? undefined : [];
    case "with":
      return rest.length === 0 || last === "comma" ? [] : undefined;
    case "macro":
      return last === "assign" ? undefined : [];
    case "block":
      return rest.length > 0 ? ["scoped", "required"] : [];
    case "load_yaml":
    case "load_json":
    case "load_text":
    case "profile":
      return rest.length === 0 ? ["as"] : [];
    default:
      return importWords(tag, rest);
  }
}

function importWords(tag: string | undefined, rest: readonly string[]): readonly string[] | undefined {
  const context = ["with context", "without context"];
  if (rest.length === 0) return undefined;
  if (tag === "include") return ["ignore missing", ...context];
  if (tag === "from") return rest.includes("import") ? ["as", ...context] : ["import"];
  if (tag !== "import" && !tag?.startsWith("import_")) return undefined;
  return rest.includes("as") ? context : ["as"];
}
