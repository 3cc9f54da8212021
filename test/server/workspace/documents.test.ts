import { describe, expect, it } from "vitest";
import { defaultProject, type ProjectConfig } from "../../../engine/config/project.js";
import { Documents } from "../../../server/workspace/documents.js";
import { Projects } from "../../../server/workspace/projects.js";
import { fileToUri } from "../../../server/workspace/uri.js";

const definition = "tool:\n  '1':\n    full_name: Tool\n";
const state = "vim:\n  pkg.installed: []\n";

const noFiles = () => ({ read: () => undefined });

function documentsWith(settings: Partial<ProjectConfig> = {}): {
  open(name: string, text: string, languageId?: string): boolean;
} {
  const load = (folder: string) => ({ config: { ...defaultProject(folder), ...settings }, problems: [], text: "" });
  const projects = new Projects(["/repo"], load, noFiles, { warn: (message) => expect.fail(message), loaded() {} });
  const documents = new Documents(projects);
  return {
    open: (name, text, languageId = "plaintext") =>
      documents.update({ uri: fileToUri(`/repo/${name}`), languageId, version: 1, text }) !== undefined,
  };
}

describe("what counts as a definition", () => {
  it.each(["plaintext", "sls", "yaml", "jinja-yaml"])("goes by its content when its language is %s", (languageId) => {
    expect(documentsWith().open("a.sls", definition, languageId)).toBe(true);
    expect(documentsWith().open("a.sls", state, languageId)).toBe(false);
  });

  it("takes our own language's word for a text that is hardly begun, but not for a state", () => {
    expect(documentsWith().open("a.sls", "", "winrepo")).toBe(true);
    expect(documentsWith().open("a.sls", state, "winrepo")).toBe(false);
  });

  it("leaves other YAML files alone, whatever is in them", () => {
    expect(documentsWith().open("values.yaml", definition, "yaml")).toBe(false);
  });

  it("keeps a definition one while half of it is deleted", () => {
    const { open } = documentsWith();
    expect(open("a.sls", definition)).toBe(true);
    expect(open("a.sls", "tool:\n")).toBe(true);
  });

  it("does not look at what the project excludes", () => {
    expect(documentsWith({ exclude: ["old/**"] }).open("old/a.sls", definition)).toBe(false);
  });
});

describe("projects", () => {
  const report = { warn() {}, loaded() {} };

  it("are one for all folders below a project file", () => {
    const load = () => ({ config: defaultProject("/repo"), problems: [], text: "" });
    const projects = new Projects(["/repo/a", "/repo/b"], load, noFiles, report);
    expect(projects.inFolder("/repo/a")).toBe(projects.inFolder("/repo/b"));
  });

  it("belong to the nearest folder of the workspace, and to its own folder for a file outside", () => {
    const load = (folder: string) => ({ config: defaultProject(folder), problems: [], text: "" });
    const projects = new Projects(["/repo", "/repo/inner"], load, noFiles, report);
    expect(projects.forFile("/repo/inner/x/a.sls").config.root).toBe("/repo/inner");
    expect(projects.forFile("/elsewhere/a.sls").config.root).toBe("/elsewhere");
  });

  it("say which profile cannot be read, and go on with the others", () => {
    const warnings: string[] = [];
    const config = { ...defaultProject("/repo"), profiles: ["windows-x86", "/repo/none.json"] };
    const projects = new Projects(["/repo"], () => ({ config, problems: [], text: "" }), noFiles, {
      ...report,
      warn: (message) => warnings.push(message),
    });
    expect(projects.main.profiles.map(({ name }) => name)).toEqual(["windows-x86"]);
    expect(warnings.join()).toContain("none.json: no such file");
  });
});
