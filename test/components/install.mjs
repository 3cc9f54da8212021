// Installs what the slow suites need beside Debian's packages, so that no test waits for it: node test/components/install.mjs
import { installCodeServer } from "./code-server.mjs";
import { installWindowsNode } from "./windows-node.mjs";

for (const install of [installWindowsNode, installCodeServer]) {
  try {
    install();
  } catch (error) {
    console.error(`${install.name}: ${error.message}`);
    process.exitCode = 1;
  }
}
