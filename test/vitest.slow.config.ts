import { defineConfig } from "vitest/config";

// The slow suites: real installers, servers, kills. Each script of package.json names its folder; they run one file at a time.
export default defineConfig({
  test: {
    root: `${import.meta.dirname}/..`,
    include: ["test/{wine,windows,ssh,git-servers,kill,kill-installs,editor}/**/*.test.ts"],
    testTimeout: 180_000,
    hookTimeout: 300_000,
    // A person would wait that long, too.
    expect: { poll: { timeout: 15_000 } },
    fileParallelism: false,
    pool: "forks",
  },
});
