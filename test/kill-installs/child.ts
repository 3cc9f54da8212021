// One `install` on a project's simulated target, to be killed: node child.mjs PROJECT URL
import { defaultProject } from "../../engine/config/project.js";
import { install } from "../../engine/pkg/install.js";
import { runOnTarget } from "../../engine/pkg/project-run.js";
import { database } from "../pkg/database.js";

const [project = "", url = ""] = process.argv.slice(2);
const { hello } = {
  hello: { full_name: "Hello (x64)", installer: `${url}/hello.msi`, install_flags: "/qn", msiexec: true },
};
const repo = {
  hello: { "1.0.0": hello },
  big: { "1": { full_name: "Big", installer: `${url}/big.exe`, install_flags: "/S" } },
};

const notes = await runOnTarget(
  defaultProject(project),
  { purpose: "install hello big", database: async () => ({ data: database(repo), notes: [] }) },
  async (run) => {
    const { report } = await install(run.context, { pkgs: ["hello", "big"] }, { force: true });
    return [...run.notes, ...report.packages.map(({ package: name, status }) => `${name}: ${status}`)];
  },
);
console.log(JSON.stringify(notes));
