import type { Problem } from "../problem.js";
import { loadYaml } from "../yaml/index.js";
import type { YamlNode } from "../yaml/node.js";
import type { LoadedProject } from "./project-loader.js";
import { trustNeeds } from "./trust-needs.js";

/** Settings that do not count because nobody trusts the project, each at its place in the project file. */
export function untrustedProblems({ config, text }: LoadedProject): Problem[] {
  if (config.trusted) return [];
  const { root } = loadYaml(text);
  return trustNeeds(config).flatMap(({ setting, reason }): Problem[] => {
    const node = nodeAt(root, setting.split(/[.[\]]+/).filter(Boolean));
    if (!node) return [];
    const message = `${setting} ${reason}: it counts only when you trust this project`;
    const line = text.slice(0, node.span.start).split("\n").length;
    return [{ code: "untrusted-setting", severity: "information", message, range: node.span, line }];
  });
}

/** The node that a path of keys and indexes leads to, or the last on the way to it; undefined when even the first is not there. */
function nodeAt(root: YamlNode | undefined, path: readonly string[]): YamlNode | undefined {
  let found: YamlNode | undefined;
  let at = root;
  for (const step of path) {
    if (at?.kind === "mapping") at = at.pairs.find(({ key }) => String(key.value) === step)?.value;
    else if (at?.kind === "sequence") at = at.items[Number(step)];
    else break;
    found = at ?? found;
  }
  return found;
}
