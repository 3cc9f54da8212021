import { defineConfig } from "vitest/config";

// The engine as a process of Windows, run inside Wine. Needs wine, wixl, makensis and Node for Windows; tests skip without them.
export default defineConfig({
  test: {
    root: `${import.meta.dirname}/../..`,
    include: ["test/windows/**/*.test.ts"],
    testTimeout: 180_000,
    hookTimeout: 240_000,
    fileParallelism: false,
  },
});
