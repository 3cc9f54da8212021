import { defineConfig, type TestProjectInlineConfiguration } from "vitest/config";

// The slow suites: real installers, servers, kills. Each script of package.json names its project; they run one file at a time.
// A limit ends what hangs; it is no verdict on how fast a machine is. What is installed or built once is a project's global
// setup, which has no limit.
const limitMs = 900_000;

function suite(name: string, include: string[], globalSetup: string[] = []): TestProjectInlineConfiguration {
  return {
    test: {
      name,
      root: `${import.meta.dirname}/..`,
      include,
      globalSetup: ["test/state-folder.mjs", ...globalSetup],
      testTimeout: limitMs,
      hookTimeout: limitMs,
      expect: { poll: { timeout: 60_000 } },
      pool: "forks",
    },
  };
}

const machines = ["test/machines/global-setup.ts"];

export default defineConfig({
  test: {
    fileParallelism: false,
    projects: [
      suite("git", ["test/git-servers/**/*.test.ts"]),
      suite("linear", ["test/linear/**/*.test.ts"]),
      suite("kill", ["test/{kill,kill-installs}/**/*.test.ts"]),
      suite("wine", ["test/wine/**/*.test.ts"], machines),
      suite("windows", ["test/windows/**/*.test.ts"], machines),
      suite("ssh", ["test/ssh/**/*.test.ts"], machines),
      suite("editor", ["test/editor/**/*.test.ts"], ["test/editor/global-setup.ts"]),
    ],
  },
});
