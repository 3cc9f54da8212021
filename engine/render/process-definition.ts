import { str } from "../value/repr.js";
import { Dict, PyError, PyObject, PySet, typeName, type Value } from "../value/types.js";

/** What genrepo takes from the data of one file. */
export interface ProcessedDefinition {
  readonly status: "ok" | "error" | "abort";
  /** Salt's messages; of an abort the exception as Python would print it last. */
  readonly messages: readonly string[];
  /** Which package, and which version of it, each message is about, in the same order. */
  readonly places: readonly { readonly package?: Value; readonly version?: Value; readonly code: ProcessCode }[];
  readonly repo: Dict;
  readonly nameMap: Dict;
}

export type ProcessCode =
  | "root-not-mapping"
  | "duplicate-package"
  | "package-not-mapping"
  | "package-without-versions"
  | "version-not-string"
  | "version-not-mapping"
  | "missing-full-name"
  | "full-name-type";

/**
 * genrepo's rules for the data of one file (salt-reference §2.4, §2.5; salt.modules.win_pkg._repo_process_pkg_sls).
 * @param isDefined whether an earlier file defined the package: Salt then stops looking at this file
 */
export function processDefinition(
  data: Value,
  isDefined: (packageName: Value) => boolean = () => false,
): ProcessedDefinition {
  if (isFalsy(data)) return { status: "ok", messages: [], places: [], repo: new Dict(), nameMap: new Dict() };
  if (!(data instanceof Dict)) {
    return failed("error", ["Compiled contents, not a dictionary/hash "], [{ code: "root-not-mapping" }]);
  }
  const nameMap = new Dict();
  const messages: string[] = [];
  const places: ProcessedDefinition["places"][number][] = [];
  for (const [name, versions] of data) {
    if (isDefined(name)) {
      messages.push(`package '${str(name)}' already defined`);
      places.push({ package: name, code: "duplicate-package" });
      break;
    }
    if (!(versions instanceof Dict)) {
      const code = versions === null ? "package-without-versions" : "package-not-mapping";
      const message = `AttributeError: '${pythonTypeName(versions)}' object has no attribute 'items'`;
      return failed("abort", [message], [{ package: name, code }]);
    }
    for (const [version, attributes] of versions) {
      if (typeof version !== "string") {
        messages.push(`package '${str(name)}', version number ${str(version)} is not a string`);
        places.push({ package: name, version, code: "version-not-string" });
      } else if (!(attributes instanceof Dict)) {
        messages.push(`package '${str(name)}', repo data for version number ${version} is not defined as a dictionary`);
        places.push({ package: name, version, code: "version-not-mapping" });
      } else {
        const fullName = attributes.get("full_name");
        if (fullName === undefined) {
          return failed("abort", ["KeyError: 'full_name'"], [{ package: name, version, code: "missing-full-name" }]);
        }
        try {
          nameMap.set(fullName, name);
        } catch (error) {
          if (!(error instanceof PyError)) throw error;
          const message = `TypeError: unhashable type: '${pythonTypeName(fullName)}'`;
          return failed("abort", [message], [{ package: name, version, code: "full-name-type" }]);
        }
      }
    }
  }
  if (messages.length > 0) return failed("error", messages, places);
  return { status: "ok", messages, places, repo: data, nameMap };
}

function failed(
  status: "error" | "abort",
  messages: ProcessedDefinition["messages"],
  places: ProcessedDefinition["places"],
): ProcessedDefinition {
  return { status, messages, places, repo: new Dict(), nameMap: new Dict() };
}

/** Salt's loader makes ordered dicts, and its messages say so. */
export function pythonTypeName(value: Value): string {
  return value instanceof Dict ? "OrderedDict" : typeName(value);
}

function isFalsy(value: Value): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (value instanceof Dict || value instanceof PySet) return value.size === 0;
  if (value === null || typeof value !== "object") return !value;
  if (value instanceof PyObject) return !value.truthy();
  return "value" in value ? value.value === 0 : "items" in value ? value.items.length === 0 : value.data.length === 0;
}
