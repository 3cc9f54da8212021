import type { GitRemote } from "../config/salt-remotes.js";
import { GitError } from "./git-error.js";

/** A ref as a server advertises it. */
export interface ServerRef {
  readonly ref: string;
  readonly oid: string;
}

/** What is to be fetched: a ref of the server, or a commit by its id. */
export type Wanted =
  | { readonly kind: "ref"; readonly ref: string; readonly oid: string }
  | { readonly kind: "commit"; readonly id: string };

/**
 * Which of a server's refs a remote asks for (salt-reference §10.6): the branch, then the tag of the wanted name, then
 * both of the fallback, under the names that the refspecs give them. A commit id, which Salt cannot resolve, is taken
 * as one.
 * @throws GitError when the server has none of them
 */
export function wantedRef(refs: readonly ServerRef[], remote: GitRemote): Wanted {
  const local = applyRefspecs(refs, remote.refspecs);
  for (const name of [remote.ref, remote.fallback]) {
    if (name === "") continue;
    const found = local.get(`refs/remotes/origin/${name}`) ?? local.get(`refs/tags/${name}`);
    if (found) return { kind: "ref", ...found };
    if (/^[0-9a-f]{7,40}$/i.test(name)) return { kind: "commit", id: name.toLowerCase() };
  }
  throw new GitError(missingRef(refs, remote));
}

function missingRef(refs: readonly ServerRef[], remote: GitRemote): string {
  const wanted = [remote.ref, remote.fallback].filter((name) => name !== "").map((name) => `'${name}'`);
  const branches = refs.filter(({ ref }) => ref.startsWith("refs/heads/")).map(({ ref }) => ref.slice(11));
  if (branches.length === 0) return `the repository is empty: there is no branch or tag ${wanted.join(" or ")}`;
  const head = refs.find(({ ref }) => ref === "HEAD");
  const main = refs.find(({ ref, oid }) => ref.startsWith("refs/heads/") && oid === head?.oid)?.ref.slice(11);
  const shown = branches.slice(0, 8).join(", ") + (branches.length > 8 ? ", …" : "");
  return (
    `there is no branch or tag ${wanted.join(" or ")}; its branches are ${shown}. ` +
    `Write \`${main ?? branches[0]} URL\` for this remote, or set winrepo_branch`
  );
}

/** The refs under the names that they get here. */
function applyRefspecs(refs: readonly ServerRef[], refspecs: readonly string[]): Map<string, ServerRef> {
  const local = new Map<string, ServerRef>();
  for (const refspec of refspecs) {
    const [from = "", to = ""] = refspec.replace(/^\+/, "").split(":");
    const [before = "", after] = from.split("*");
    for (const server of refs) {
      if (server.ref.endsWith("^{}")) continue;
      if (after === undefined) {
        if (server.ref === from) local.set(to, server);
      } else if (server.ref.startsWith(before) && server.ref.endsWith(after) && server.ref.length > from.length - 1) {
        local.set(
          to.replace("*", () => server.ref.slice(before.length, server.ref.length - after.length)),
          server,
        );
      }
    }
  }
  return local;
}
