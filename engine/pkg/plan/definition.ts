import { truthy } from "../../value/iterate.js";
import { repr, str } from "../../value/repr.js";
import { type Dict, typeName, type Value } from "../../value/types.js";
import { PackageFailure } from "../failure.js";

/** The attributes of one version, read the way win_pkg reads them (salt-reference §1.1). */
export class VersionDefinition {
  constructor(
    /** The package's short name. */
    readonly name: string,
    readonly version: string,
    readonly attributes: Dict,
  ) {}

  get(key: string): Value | undefined {
    return this.attributes.get(key);
  }

  /** Python's truth value of an attribute. */
  flag(key: string, whenAbsent: boolean): boolean {
    const value = this.get(key);
    return value === undefined ? whenAbsent : truthy(value);
  }

  /**
   * An attribute that must be text: a location or a path. `""` when it is absent or falsy.
   * @throws PackageFailure where Salt would raise, trying to use a list, mapping or number as text
   */
  text(key: string): string {
    const value = this.get(key);
    if (value === undefined || !truthy(value)) return "";
    if (typeof value === "string") return value;
    const braces = typeName(value) === "dict" ? " A GUID in braces must stand in quotes, or YAML reads a mapping." : "";
    throw new PackageFailure({
      code: "attribute-type",
      key,
      message:
        `\`${key}\` of ${this.name} ${this.version} is a ${typeName(value)} (${repr(value)}), not a text. ` +
        `Salt raises an error here and gives up the whole call.${braces}`,
      salt: { exception: "AttributeError", message: `'${typeName(value)}' object has no attribute 'startswith'` },
    });
  }

  /**
   * Flags with extra ones as Salt joins them: a list shows as Python prints it, `None` with extras as `None`
   * (salt-reference §1.1).
   */
  flags(key: string, extra: string | undefined): string {
    const written = this.get(key);
    const value = written === undefined ? "" : written;
    if (extra) return `${str(value)} ${extra}`;
    return truthy(value) ? str(value) : "";
  }
}
