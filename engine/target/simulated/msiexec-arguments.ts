/** What a line for msiexec asks for. */
export interface MsiexecCall {
  readonly action: "install" | "remove" | "repair" | "advertise" | "admin" | undefined;
  /** A file or a product code. */
  readonly package: string;
  /** By upper-case name, as msiexec itself folds them. */
  readonly properties: ReadonlyMap<string, string>;
  /** No dialog that waits for a person. */
  readonly quiet: boolean;
  /** An argument that msiexec would not understand: it shows its help and gives 1639. */
  readonly invalid: string | undefined;
}

/** Reads the arguments of msiexec, already split. */
export function readMsiexecArguments(args: readonly string[]): MsiexecCall {
  const properties = new Map<string, string>();
  let action: MsiexecCall["action"];
  let file = "";
  let quiet = false;
  let invalid: string | undefined;
  for (let at = 0; at < args.length; at++) {
    const argument = args[at]!;
    const option = /^[/-](.*)$/s.exec(argument)?.[1]?.toLowerCase();
    const property = /^([A-Za-z_][\w.]*)=(.*)$/s.exec(argument);
    if (option === undefined) {
      if (property) properties.set(property[1]!.toUpperCase(), property[2]!);
      else invalid ??= argument;
      continue;
    }
    const verb = verbs.find(({ pattern }) => pattern.test(option));
    if (verb) {
      action = verb.action;
      // The package may follow the letter without a blank: `/X{GUID}`.
      const attached = /\{.*$|[a-z]:\\.*$/is.exec(argument)?.[0];
      file = attached ?? args[++at] ?? "";
    } else if (/^(q[nbrf]?[!+-]*|quiet|passive)$/.test(option)) {
      quiet = !/^q(r|f)/.test(option);
    } else if (option === "norestart") {
      properties.set("REBOOT", "ReallySuppress");
    } else if (option === "forcerestart") {
      properties.set("REBOOT", "Force");
    } else if (/^(l[iwearucmopvx+!*]*|log)$/.test(option) || option === "t" || option === "g") {
      at++;
    } else if (option !== "promptrestart") {
      invalid ??= argument;
    }
  }
  return { action, package: file, properties, quiet, invalid };
}

/** What may follow the letter at once: a product code, or a path whose quotes are gone. */
const verbs: readonly { pattern: RegExp; action: NonNullable<MsiexecCall["action"]> }[] = [
  { pattern: /^(i|package)(\{.*|[a-z]:\\.*)?$/s, action: "install" },
  { pattern: /^(x|uninstall)(\{.*|[a-z]:\\.*)?$/s, action: "remove" },
  { pattern: /^f[pecmsouva]*(\{.*|[a-z]:\\.*)?$/s, action: "repair" },
  { pattern: /^j[mu]?(\{.*|[a-z]:\\.*)?$/s, action: "advertise" },
  { pattern: /^a([a-z]:\\.*)?$/s, action: "admin" },
];
