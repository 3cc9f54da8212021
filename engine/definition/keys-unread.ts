import type { DefinitionKey } from "./key.js";

const unread = "Salt stores it in the database and never looks at it.";

/** Keys that Salt does not read, and that have their place by convention. */
export const conventionalKeys: readonly DefinitionKey[] = [
  {
    name: "locale",
    types: ["string"],
    readBy: [],
    summary: "Language of the software, for readers.",
    details: `Documented by Salt as not implemented. ${unread}`,
    pitfalls: ["Does not choose a language; put it in the flags or the URL."],
    example: "locale: en_US",
    mismatches: {},
  },
  {
    name: "local",
    types: ["string"],
    readBy: [],
    summary: "What some of Salt's documents call `locale`; for readers.",
    details: `Named by Salt's documents and read by none of its code. ${unread}`,
    pitfalls: ["Does not choose a language; put it in the flags or the URL."],
    example: "local: en_US",
    mismatches: {},
  },
  {
    name: "reboot",
    types: ["boolean"],
    readBy: [],
    summary: "Whether the software needs a restart, for readers.",
    details: `Documented by Salt as not implemented. ${unread} A restart is reported when the installer ends with 3010 or 1641.`,
    pitfalls: ["Neither causes nor prevents a restart; installers take a flag for that, such as `/norestart`."],
    example: "reboot: False",
    mismatches: {},
  },
  {
    name: "skip_urltest",
    types: ["boolean"],
    readBy: ["repository tests"],
    summary: "Tells the tests of salt-winrepo-ng not to request the installer's URL.",
    details: `Read by that repository's continuous integration alone. ${unread}`,
    pitfalls: [],
    example: "skip_urltest: True",
    mismatches: {},
  },
  {
    name: "arch",
    types: ["string"],
    readBy: [],
    summary: "Architecture of the software, for readers.",
    details: `${unread} To give 32-bit Windows something else, branch on \`grains['cpuarch']\`.`,
    pitfalls: ["Does not keep a 64-bit package from 32-bit machines."],
    example: "arch: x64",
    mismatches: {},
  },
];

function mistaken(name: string, summary: string, details: string, meant?: string): DefinitionKey {
  const example = meant === undefined ? "" : `${meant}: …`;
  const row = { name, types: [], readBy: [], summary, details, pitfalls: [], example, mismatches: {} };
  return meant === undefined ? row : { ...row, meant };
}

/** Keys that were found in repositories and have no effect at all. */
export const mistakenKeys: readonly DefinitionKey[] = [
  mistaken(
    "installer_flags",
    "A misspelling of `install_flags`.",
    `${unread} The installer runs without its silent flags and waits for ever.`,
    "install_flags",
  ),
  mistaken(
    "uninstaller_flags",
    "A misspelling of `uninstall_flags`.",
    `${unread} The uninstaller runs without its silent flags.`,
    "uninstall_flags",
  ),
  mistaken("restart", "A mistake for `reboot`.", `${unread} The same holds for \`reboot\`.`, "reboot"),
  mistaken("refresh", "An argument of `pkg.install`, not a key of definitions.", unread),
  mistaken("ignore_epoch", "An argument of package states, not a key of definitions.", unread),
];
