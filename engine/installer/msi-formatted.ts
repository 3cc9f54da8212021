import { InstallerError } from "./installer-error.js";

/** What a text of the type "Formatted" may refer to. */
export interface FormatContext {
  property(name: string): string | undefined;
  environment(name: string): string | undefined;
  /** Full path of an installed file (`[#key]`, `[!key]`). */
  file(key: string): string | undefined;
  /** Folder of a component (`[$key]`). */
  component(key: string): string | undefined;
}

const maxRounds = 20;
/** More than the value of any property or registry entry has. */
const maxLength = 1024 ** 2;

/**
 * Fills in a text of Windows Installer's type "Formatted": `[Property]`, `[%VARIABLE]`, `[#File]`, `[$Component]`, `[\c]`;
 * what stands in braces goes when one of its references is empty.
 * @throws InstallerError for a text that grows beyond all measure, because its references refer to others
 */
export function formatText(text: string, context: FormatContext): string {
  // `[\\c]` is the character itself; brackets and braces must not be taken for references any more.
  let result = text.replace(/\[\\([\s\S])\]/g, (_, character: string) => escapeLiteral(character));
  // References may nest, so the innermost are filled in first, round after round.
  for (let round = 0; round < maxRounds; round++) {
    const before = result;
    result = result.replace(/\{([^{}]*)\}/g, (whole, inner: string) => {
      if (!/\[[^[\]]+\]/.test(inner)) return whole;
      let missing = false;
      const filled = inner.replace(/\[([^[\]]+)\]/g, (reference, name: string) => {
        const value = resolve(name, context);
        if (value === undefined) return reference;
        if (value === "") missing = true;
        return value;
      });
      return missing ? "" : filled;
    });
    result = result.replace(/\[([^[\]{}]+)\]/g, (reference, name: string) => resolve(name, context) ?? reference);
    if (result === before) break;
    if (result.length > maxLength) {
      throw new InstallerError(`Winrepo stopped: a text of the package grows to more than ${maxLength} characters.`);
    }
  }
  return result.replace(/[\ue001-\ue004]/g, (mark) => escaped[mark.charCodeAt(0) - 0xe001]!);
}

const escaped = "[]{}";
const escapeLiteral = (character: string): string => {
  const at = escaped.indexOf(character);
  return at < 0 ? character : String.fromCharCode(0xe001 + at);
};

/** Undefined for brackets that are no reference: they stay as they are. */
function resolve(name: string, context: FormatContext): string | undefined {
  const key = name.slice(1);
  switch (name[0]) {
    case "%":
      return context.environment(key) ?? "";
    case "#":
    case "!":
      return context.file(key) ?? "";
    case "$":
      return context.component(key) ?? "";
    case "~":
      return "\0";
    default:
      return /^[A-Za-z_][\w.]*$/.test(name) ? (context.property(name) ?? "") : undefined;
  }
}
