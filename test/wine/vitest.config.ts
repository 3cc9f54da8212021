import { defineConfig } from "vitest/config";

// Real installers in a real Windows made of Wine. Needs wine, wixl and makensis; tests say so and skip where they are absent.
export default defineConfig({
  test: {
    root: `${import.meta.dirname}/../..`,
    include: ["test/wine/**/*.test.ts"],
    testTimeout: 180_000,
    hookTimeout: 240_000,
    fileParallelism: false,
  },
});
