import { defineConfig } from "vitest/config";

// The unit suite: seconds, no network, no tools. Slow suites have configurations of their own beside this file.
export default defineConfig({
  test: {
    root: `${import.meta.dirname}/..`,
    globalSetup: "test/state-folder.mjs",
    include: ["test/**/*.test.ts"],
    exclude: ["test/{wine,windows,ssh,editor,git-servers,kill,kill-installs,linear,bench}/**", "node_modules/**"],
    // Ends what hangs, on a busy machine too.
    testTimeout: 60_000,
    pool: "threads",
    // Modules are loaded once for all files: most of the time would go into loading them again. No test may leave state behind.
    isolate: false,
  },
});
