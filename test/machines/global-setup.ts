import { installWindowsNode } from "../components/windows-node.mjs";
import { buildFixtures } from "./fixtures.js";
import { whyNoWine, wineTemplate } from "./wine-template.js";

/** Makes what the suites on Windows machines share before the first test, where no test's limit runs. */
export default async function setup(): Promise<void> {
  if (whyNoWine()) return;
  buildFixtures();
  await wineTemplate();
  try {
    installWindowsNode();
  } catch (error) {
    console.warn(`Node.js for Windows could not be fetched: ${error}`);
  }
}
