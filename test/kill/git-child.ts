// Updates one remote from branch to branch until it is killed, or once to the branch that is named:
// node child.mjs BASE URL [BRANCH]
import { updateOne } from "../git-servers/source-repository.js";

const [base = "", url = "", branch] = process.argv.slice(2);
process.stdout.write("ready\n");
for (let turn = 0; ; turn++) {
  const report = await updateOne(base, [`${branch ?? (turn % 2 ? "even" : "odd")} ${url}`]);
  if (report.status === "failed") {
    console.error(report.reason);
    process.exit(1);
  }
  if (branch) break;
}
