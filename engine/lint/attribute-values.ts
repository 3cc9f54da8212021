import type { AttributeView, VersionView } from "../definition/model.js";
import { str } from "../value/repr.js";
import { Bytes, Dict, PyFloat, PySet, Tuple, type Value } from "../value/types.js";

/** The text of an attribute; undefined when it is absent, empty or no text. */
export function attributeText(version: VersionView, name: string): string | undefined {
  const value = version.attributes.get(name)?.value;
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** What Salt puts on the command line for flags: numbers are printed, nothing stands for an absent, empty or null value. */
export function flagsOf(version: VersionView, name: "install_flags" | "uninstall_flags"): string {
  const value = version.attributes.get(name)?.value;
  return value === undefined || value === null || value === false ? "" : str(value);
}

/** Whether msiexec runs the installer: `True`, or any text (salt-reference §1.2). */
export function usesMsiexec(version: VersionView): boolean {
  const value = version.attributes.get("msiexec")?.value;
  return value === true || typeof value === "string";
}

/** A YAML value in the words of its writer: "a list", "the number 3.1". */
export function describe(value: Value): string {
  if (value === null) return "nothing (null)";
  if (typeof value === "boolean") return `the boolean ${str(value)}`;
  if (typeof value === "number" || typeof value === "bigint") return `the number ${str(value)}`;
  if (value instanceof PyFloat) return `the floating-point number ${str(value)}`;
  if (typeof value === "string") return `the text '${value}'`;
  if (value instanceof Dict) return "a mapping";
  if (value instanceof PySet) return "a set";
  if (value instanceof Bytes) return "binary data";
  return Array.isArray(value) || value instanceof Tuple ? "a list" : "an object";
}

/** The attributes of these names that a version has. */
export function present(version: VersionView, names: readonly string[]): AttributeView[] {
  const found: AttributeView[] = [];
  for (const name of names) {
    const attribute = version.attributes.get(name);
    if (attribute) found.push(attribute);
  }
  return found;
}
