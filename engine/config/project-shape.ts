import type { RecordShape, Shape } from "./shape.js";

const text = (doc: string): Shape => ({ kind: "text", doc });
const any = (doc: string): Shape => ({ kind: "any", doc });
const saltVersion = (doc: string): Shape => ({ kind: "salt-version", doc });
const list = (item: Shape, doc: string): Shape => ({ kind: "list", item, doc });

export const ruleLevels = ["error", "warning", "information", "hint", "off"] as const;

const rules: Shape = {
  kind: "map",
  value: { kind: "choice", values: ruleLevels, doc: "How the rule is reported, or off." },
  doc: "Level of rules by their code; see rules.md.",
};

const profile: RecordShape = {
  kind: "record",
  required: ["name"],
  fields: {
    name: text("The name that findings and `--profile` use."),
    extends: text("A built-in profile whose facts count where this one has none of that name."),
    saltVersion: saltVersion(
      "The Salt that the machine runs; a line alone is its newest release. Default: the newest 3007.",
    ),
    grains: any("Grains by name."),
    pillar: any("Pillar data."),
    opts: any("Minion options beyond the defaults."),
    registry: any("Registry values by path, for reg.read_value."),
    environment: any("Environment variables, for environ.get."),
    functions: any("Answers of execution functions that are not run: `cmd.run: the text`."),
  },
  doc: "A machine, described in place.",
};

/** The name of the machine that every project has; no other can have it. */
export const simulatedTarget = "simulated";

export const targetKinds = ["simulated", "windows", "wine", "ssh", "salt"] as const;

/** The form of `.winrepo.yaml`. */
export const projectShape: RecordShape = {
  kind: "record",
  doc: "Settings of a repository of package definitions, shared by editor, command line and CI.",
  fields: {
    profiles: list(
      {
        kind: "either",
        shapes: [text("A built-in profile's name, or the path of a profile file."), profile],
        doc: "A profile.",
      },
      "The machines that everything is checked for. Default: windows-amd64 and windows-x86.",
    ),
    saltVersions: list(
      saltVersion("A release of Salt, or a line for its newest release."),
      "The releases of Salt that everything is checked for: built-in profiles, and those of this file without a saltVersion, count once for each.",
    ),
    fileRoots: list(
      text("A folder, relative to this file."),
      "Folders that stand for salt://, for imports of templates; the first that has a file wins.",
    ),
    exclude: list(text("A glob, relative to this file."), "Files that no command looks at."),
    lint: {
      kind: "record",
      doc: "The linter.",
      fields: {
        rules,
        overrides: list(
          {
            kind: "record",
            required: ["files", "rules"],
            fields: { files: list(text("A glob, relative to this file."), "The files that it holds for."), rules },
            doc: "Levels for some files.",
          },
          "Levels for some files; later entries win.",
        ),
        knownKeys: list(text("An attribute's name."), "Attributes that this repository uses beyond Salt's own."),
        baseline: text("A file of findings that are known and not reported, relative to this file."),
        maxWarnings: { kind: "count", doc: "More warnings than this count as a failure." },
      },
    },
    targets: {
      kind: "map",
      value: {
        kind: "record",
        required: ["kind"],
        open: true,
        fields: { kind: { kind: "choice", values: targetKinds, doc: "What the machine is and how it is reached." } },
        doc: "A machine; its other settings depend on the kind, see targets.md.",
      },
      doc: "Machines that definitions are tried on, by name.",
    },
    salt: {
      kind: "record",
      open: true,
      doc: "What Salt is set to. Beside the fields below: winrepo_* options, cachedir, renderer … as in Salt's own configuration; they win over the files.",
      fields: {
        minion: text("Path of a minion's configuration that is read, relative to this file."),
        master: text("Path of a master's configuration that is read, relative to this file."),
        saltenv: text("The environment; default base."),
      },
    },
  },
};
