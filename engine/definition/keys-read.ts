import { firstReleases } from "../salt-version/features.js";
import type { DefinitionKey, TypeMismatch } from "./key.js";

const endsRefresh = (effect: string): TypeMismatch => ({ harm: "refresh", effect });
const endsCall = (effect: string): TypeMismatch => ({ harm: "call", effect });
const wrong = (effect: string): TypeMismatch => ({ harm: "wrong", effect });
const harmless = (effect: string): TypeMismatch => ({ harm: "harmless", effect });

const flagMismatches = {
  list: wrong("Python's spelling of the list, brackets and all, is put on the command line."),
  mapping: wrong("Python's spelling of the mapping, braces and all, is put on the command line."),
  null: wrong("No flags are passed; with extra flags in the call, the word None is passed before them."),
  boolean: wrong("True is put on the command line as a word; False means no flags."),
  integer: harmless("The number is put on the command line."),
  float: wrong("The number is put on the command line as Python prints it: 1.10 becomes 1.1."),
} as const;

const truthMismatches = {
  string: wrong("Every text but the empty one counts as true, also 'False'."),
  integer: harmless("0 is false, every other number true."),
  float: harmless("0.0 is false, every other number true."),
  null: harmless("Counts as false."),
  list: wrong("An empty list counts as false, every other as true."),
  mapping: wrong("An empty mapping counts as false, every other as true."),
} as const;

const pathMismatches = {
  null: wrong("Counts as empty."),
  boolean: endsCall("True ends the call with an AttributeError; False counts as empty."),
  integer: endsCall("The call ends with an AttributeError; 0 counts as empty."),
  float: endsCall("The call ends with an AttributeError; 0.0 counts as empty."),
  list: endsCall("The call ends with an AttributeError: a list has no text methods."),
  mapping: endsCall("The call ends with an AttributeError: a mapping has no text methods."),
} as const;

/** The keys that Salt reads (salt-reference §1.1), in the order in which people write them. */
export const readKeys: readonly DefinitionKey[] = [
  {
    name: "full_name",
    types: ["string"],
    required: true,
    readBy: ["genrepo", "list_pkgs"],
    summary: "The software's name exactly as the registry shows it (`DisplayName`).",
    details:
      "The only link between a definition and installed software: `pkg.list_pkgs` finds the package by exact, case-sensitive equality of `full_name` and `DisplayName`. When two packages claim the same name, the one that is read last gets it.",
    pitfalls: [
      "Absent: `KeyError: 'full_name'` stops the refresh of the whole repository.",
      "Not equal to the registry's text, down to blanks: the installer runs, but Salt does not see the package as installed and states report a failure.",
    ],
    example: "full_name: 7-Zip 24.09 (x64 edition)",
    mismatches: {
      integer: wrong("Accepted, but no registry name is ever equal to a number."),
      float: wrong("Accepted, but no registry name is ever equal to a number."),
      boolean: wrong("Accepted, but no registry name is ever equal to a boolean."),
      null: wrong("Accepted, but no registry name is ever equal to None."),
      list: endsRefresh("The refresh of the whole repository ends with \"unhashable type: 'list'\"."),
      mapping: endsRefresh("The refresh of the whole repository ends with \"unhashable type: 'OrderedDict'\"."),
    },
  },
  {
    name: "installer",
    types: ["string"],
    default: "",
    readBy: ["install", "remove"],
    summary: "The program or package to run: a URL, an absolute path or a UNC path.",
    details:
      "URLs (`salt: file: http: https: ftp: swift: s3:`) are cached on the minion first; everything else is used as it stands. All slashes become backslashes, and the working directory is the installer's folder. `pkg.remove` falls back to it when `uninstaller` is empty and `uninstall_flags` is not.",
    pitfalls: [
      'Empty or absent: `pkg.install` answers `{"no installer": version}`.',
      "Environment variables (`%TEMP%\\…`) are not expanded.",
      "A query in a URL becomes part of the cached file's name: `setup.exe-id=1` does not start.",
      "A file that is in the cache already is used again without a look at the source, unless the version is `latest` or the URL begins with `salt:`.",
    ],
    example: "installer: https://www.7-zip.org/a/7z2409-x64.msi",
    mismatches: pathMismatches,
  },
  {
    name: "install_flags",
    types: ["string"],
    default: "",
    readBy: ["install"],
    summary: "Arguments for the installer, appended to the command line as they stand after one blank.",
    details:
      "Must make the installer silent: Salt sets no time limit and waits for ever for a window that nobody sees. With `msiexec` they follow `ALLUSERS=1`.",
    pitfalls: [
      `Whether \`%VAR%\`, \`>\` or \`&&\` in flags mean anything depends on the Salt release: since ${firstReleases("no-shell")} there is no shell.`,
      "NSIS wants `/S` in upper case.",
    ],
    example: "install_flags: /qn /norestart",
    mismatches: flagMismatches,
  },
  {
    name: "uninstaller",
    types: ["string"],
    default: "",
    readBy: ["remove"],
    summary: "What removes the software: a local program, a URL, or with `msiexec` the product code in braces.",
    details:
      "Environment variables are expanded. The whole text is one program name, put in quotes; arguments belong in `uninstall_flags`. All slashes become backslashes. With `msiexec: True` it is what stands behind `/X`: the `.msi` or `'{GUID}'`.",
    pitfalls: [
      "An unquoted `{GUID}` is a mapping to YAML: `pkg.remove` ends with an AttributeError.",
      "`MsiExec.exe /X{GUID}`, as the registry shows it, is looked for as a file of that name. Write `msiexec: True` and `uninstaller: '{GUID}'`.",
      "`msiexec: True` with `uninstaller: msiexec.exe` runs `msiexec /X msiexec.exe`.",
    ],
    example: "uninstaller: '{23170F69-40C1-2702-2409-000001000000}'",
    mismatches: pathMismatches,
  },
  {
    name: "uninstall_flags",
    types: ["string"],
    default: "",
    readBy: ["remove"],
    summary: "Arguments for the uninstaller, appended to the command line as they stand.",
    details: "When `uninstaller` is empty and this is not, the value of `installer` is run with these flags.",
    pitfalls: ["Uninstallers that go on in the background outlive the three seconds that Salt waits for a change."],
    example: "uninstall_flags: /qn /norestart",
    mismatches: flagMismatches,
  },
  {
    name: "msiexec",
    types: ["boolean", "string"],
    default: false,
    readBy: ["install", "remove"],
    summary: "Run the (un)installer through Windows Installer.",
    details:
      '`True` gives `"msiexec" /I "<installer>" ALLUSERS=1 <install_flags>` and `"msiexec" /X "<uninstaller>" <uninstall_flags>`. A text is the path of the msiexec to use; where no such file exists, the system\'s is used with a warning.',
    pitfalls: [
      "Any text switches it on, also `'False'`, `'no'` and `''`.",
      `An \`.msi\` without it does not start where Salt uses no shell: since ${firstReleases("no-shell")}.`,
      "`null` or a number ends the whole call with a TypeError.",
    ],
    example: "msiexec: True",
    mismatches: {
      null: endsCall('The call ends with "cannot unpack non-iterable NoneType object".'),
      integer: endsCall('The call ends with "cannot unpack non-iterable NoneType object".'),
      float: endsCall('The call ends with "cannot unpack non-iterable NoneType object".'),
      list: endsCall('The call ends with "cannot unpack non-iterable NoneType object".'),
      mapping: endsCall('The call ends with "cannot unpack non-iterable NoneType object".'),
    },
  },
  {
    name: "allusers",
    types: ["boolean"],
    default: true,
    readBy: ["install"],
    summary: "With `msiexec`: install for all users (`ALLUSERS=1`).",
    details: "Only looked at when `msiexec` is in effect. The property is put before `install_flags`.",
    pitfalls: ["`False` leaves the property out; it does not set it to nothing.", "Has no effect on removal."],
    example: "allusers: False",
    mismatches: truthMismatches,
  },
  {
    name: "use_scheduler",
    types: ["boolean"],
    default: false,
    readBy: ["install", "remove"],
    since: "2015.8.2",
    summary: "Run through Windows' task scheduler, as the system account.",
    details:
      "For installers that would stop the minion itself, such as Salt's own. Salt makes the task `update-salt-software` and waits for its end, except where the package's name is one of the Salt minion's.",
    pitfalls: ["The installer's exit code is never looked at: a failure looks like a success."],
    example: "use_scheduler: True",
    mismatches: truthMismatches,
  },
  {
    name: "cache_dir",
    types: ["boolean"],
    default: false,
    readBy: ["install", "remove"],
    since: "2015.5",
    summary: "Fetch the installer's whole folder from the master, with its subfolders.",
    details: "For installers that need the files beside them. Files whose names end in `init.sls` are left out.",
    pitfalls: [
      "Works only for installers that begin with `salt:`; with any other it does nothing.",
      "With the installer in the repository's root, the whole repository is copied.",
    ],
    example: "cache_dir: True",
    mismatches: truthMismatches,
  },
  {
    name: "cache_file",
    types: ["string"],
    default: "",
    readBy: ["install"],
    summary: "One more file to fetch from the master (`salt://…`).",
    details:
      "It keeps its own place in the cache, so it lies beside the installer only when both come from the same folder.",
    pitfalls: ["Only texts that begin with `salt:` are looked at; anything else is passed over in silence."],
    example: "cache_file: salt://win/repo-ng/gpg4win/gpg4win.ini",
    mismatches: {
      list: endsCall("pkg.install ends with an AttributeError: one file only."),
      mapping: endsCall("pkg.install ends with an AttributeError."),
      boolean: endsCall("True ends pkg.install with an AttributeError; False counts as absent."),
      integer: endsCall("pkg.install ends with an AttributeError."),
      float: endsCall("pkg.install ends with an AttributeError."),
      null: harmless("Counts as absent."),
    },
  },
  {
    name: "source_hash",
    types: ["string"],
    readBy: ["install"],
    summary: "Checksum of the installer: `type=hex`, or the URL of a checksum file.",
    details:
      "Checked before the installer runs; never on removal. Types: md5, sha1, sha224, sha256, sha384, sha512. In a checksum file the line that ends in the cached file's name counts, otherwise the first checksum.",
    pitfalls: [
      "A mismatch raises an exception that ends the whole call, and the wrong file stays in the cache.",
      "`sha256:…` is not understood; write `sha256=…`.",
      "Checksums in a file must be in lower case.",
    ],
    example: "source_hash: sha256=0f8b1e4d5a6c7b8f9e0d1c2b3a4958677685940312233445566778899aabbccd",
    mismatches: {
      list: endsCall("Python's spelling of the list is taken for a checksum: pkg.install ends with an exception."),
      mapping: endsCall(
        "Python's spelling of the mapping is taken for a checksum: pkg.install ends with an exception.",
      ),
      integer: endsCall("The number is taken for a checksum without type: pkg.install ends with an exception."),
      float: endsCall("The number is taken for a checksum without type: pkg.install ends with an exception."),
      boolean: wrong("False means no check; True ends pkg.install with an exception."),
      null: harmless("No check."),
    },
  },
];
