import { type AttributeView, subjectOf } from "../../definition/model.js";
import { attributeText, usesMsiexec } from "../attribute-values.js";
import type { Report } from "../report.js";
import type { DefinitionRule } from "../rule.js";
import { extensionOf, fileNameOf, isFetched, isMsiexecProgram } from "../windows-paths.js";
import { windowsStart } from "../windows-start.js";
import { programAndArguments } from "./uninstaller-with-arguments.js";

export const notStartable: DefinitionRule = {
  kind: "definition",
  meta: {
    code: "not-startable",
    title: "An installer or uninstaller that Windows cannot start.",
    severity: "warning",
    salt: "Salt asks Windows to start the cached file by its name; Windows finds no such program, or answers that it is none.",
    why: "Windows starts .exe, .com, .bat and .cmd. A name without an extension becomes one with .exe. Updates (.msu), patches (.msp), scripts, archives and app packages are opened by another program, which is then the installer.",
    example: {
      bad: "app:\n  '1.0':\n    full_name: App\n    installer: 'https://example.com/stable/windows'\n    install_flags: '/S'\n",
      good: "app:\n  '1.0':\n    full_name: App\n    installer: 'https://example.com/stable/windows.exe'\n    install_flags: '/S'\n",
    },
    fixable: "no",
  },
  check(context) {
    for (const version of context.versions) {
      const msiexec = usesMsiexec(version);
      for (const name of ["installer", "uninstaller"] as const) {
        const text = attributeText(version, name);
        const attribute = version.attributes.get(name);
        if (text === undefined || !attribute) continue;
        const report = msiexec ? patchReport(text, name) : startReport(text, name);
        if (report) context.report({ ...report(subjectOf(version)), range: placeOf(attribute) });
      }
    }

    function placeOf({ node }: AttributeView) {
      return context.at(node);
    }
  },
};

type MakeReport = (subject: string) => Omit<Report, "range">;
type ProgramKey = "installer" | "uninstaller";

function startReport(text: string, key: ProgramKey): MakeReport | undefined {
  // A whole command line is uninstaller-with-arguments'.
  if (!isFetched(text) && programAndArguments(text)) return undefined;
  const name = fileNameOf(text).trim();
  // Paths of the machine without an extension are programs of Windows, GUIDs and command lines: other rules' matter.
  const isOpen = isFetched(text) && name !== "";
  const start = windowsStart(name);
  if (start.kind === "starts" || (start.kind === "other-name" && !isOpen) || isMsiexecProgram(text)) return undefined;
  if (start.kind === "other-name") {
    return (subject) => ({
      subject,
      message: `The ${key} of '${subject}' is cached as '${name}', a name without an extension.`,
      salt: `Windows is asked to start it, looks for ${start.looksFor}, and finds none.`,
      advice: "Use an address that ends in the file's name; an MSI works under any name with msiexec: True.",
    });
  }
  return (subject) => ({
    subject,
    message: `The ${key} of '${subject}' is ${name}, ${start.what}, and no program.`,
    salt: "Windows answers that it is not a valid application (error 193); nothing is installed or removed.",
    advice: start.opener
      ? `Let what opens it be the ${key}: ${start.opener.replace("FILE", name)}.`
      : "Name a program that unpacks or installs it.",
  });
}

/** msiexec takes a patch with /p alone, and Salt writes /I. */
function patchReport(text: string, key: ProgramKey): MakeReport | undefined {
  if (extensionOf(text) !== "msp") return undefined;
  return (subject) => ({
    subject,
    message: `The ${key} of '${subject}' is the patch ${fileNameOf(text)}, and msiexec is on.`,
    salt: "Salt runs msiexec /I on it; Windows Installer takes a patch with /p alone, and answers 1620.",
    advice: `Set msiexec: False, installer: 'msiexec.exe', and begin the flags with /p and the patch's path.`,
  });
}
