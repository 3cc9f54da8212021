import { readFile } from "node:fs/promises";

/** A rule's property `example`, on one line or down to the brace at its own indentation: Biome formats all of them so. */
const example = /^( +)example: \{(?: .*\},|\n[\s\S]*?\n\1\},)$/gm;

/**
 * Leaves the examples of the rules' pages out of a bundle: data that the language server would carry along unread. The
 * lines stay, for source maps.
 * @type {import("esbuild").Plugin}
 */
export const withoutRulePages = {
  name: "without-rule-pages",
  setup(build) {
    build.onLoad({ filter: /[\\/]engine[\\/]lint[\\/]rules[\\/][\w-]+\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      return { contents: text.replace(example, (lines) => lines.replace(/.+/g, "")), loader: "ts" };
    });
  },
};
