import type { DefinitionRule } from "../rule.js";

export const ownFileInCheckout: DefinitionRule = {
  kind: "definition",
  meta: {
    code: "own-file-in-checkout",
    title: "A definition of one's own in a folder that update_git_repos checks out.",
    severity: "warning",
    salt: "`winrepo.update_git_repos` makes the folder what the remote's commit holds: a file beside it is wiped out at the next update, on the master.",
    why: "Definitions of one's own belong beside the checkouts, into a folder of their own below `winrepo_dir_ng`, or into a git repository of their own. It is fine while the file is about to be committed.",
    example: {
      bad: "app:\n  '1.0':\n    full_name: App\n",
      good: "tool:\n  '1.0':\n    full_name: Tool\n",
    },
    fixable: "no",
  },
  check(context) {
    const checkout = context.fileServer?.checkoutWithout?.(context.path);
    const first = context.packages[0];
    if (checkout === undefined || !first) return;
    context.report({
      range: context.written(first.key),
      message: `This file is no part of the git checkout that it lies in (${checkout}): update_git_repos removes it.`,
      advice: "Move it beside the checkout, such as to win/repo-ng/own/.",
    });
  },
};
