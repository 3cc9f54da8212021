import { defineConfig } from "vitest/config";

// Targets behind ssh: a real sshd and an ssh server of our own, both in front of Wine. Needs wine, wixl, makensis and OpenSSH.
export default defineConfig({
  test: {
    root: `${import.meta.dirname}/../..`,
    include: ["test/ssh/**/*.test.ts"],
    testTimeout: 180_000,
    hookTimeout: 240_000,
    fileParallelism: false,
  },
});
