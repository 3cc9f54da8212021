import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseRemotes, type RemoteDefaults } from "../../engine/config/salt-remotes.js";
import { type RemoteReport, type UpdateReport, updateGitRepos } from "../../engine/git/update-git-repos.js";
import type { Json } from "../../engine/value/types.js";

/** Runs git as nobody in particular: no configuration of the machine plays in. */
export function git(folder: string, ...args: string[]): string {
  return execFileSync("git", ["-c", "safe.directory=*", "-c", "init.defaultBranch=master", "-C", folder, ...args], {
    encoding: "utf8",
    timeout: 60_000,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      GIT_AUTHOR_NAME: "A",
      GIT_AUTHOR_EMAIL: "a@example.com",
      GIT_COMMITTER_NAME: "A",
      GIT_COMMITTER_EMAIL: "a@example.com",
    },
  }).trim();
}

/** A repository that others clone, and that grows. */
export class SourceRepository {
  constructor(readonly folder: string) {
    mkdirSync(folder, { recursive: true });
    git(folder, "init", "--quiet");
    git(folder, "config", "uploadpack.allowFilter", "true");
  }

  /** Commits files (null removes one) and gives the commit. */
  commit(files: { readonly [file: string]: string | null }, message = "change"): string {
    for (const [file, content] of Object.entries(files)) {
      const absolute = path.join(this.folder, file);
      if (content === null) rmSync(absolute);
      else {
        mkdirSync(path.dirname(absolute), { recursive: true });
        writeFileSync(absolute, content);
      }
    }
    git(this.folder, "add", "--all");
    git(this.folder, "commit", "--quiet", "--allow-empty", "-m", message);
    return git(this.folder, "rev-parse", "HEAD");
  }
}

export const defaults: RemoteDefaults = {
  branch: "master",
  fallback: "",
  sslVerify: true,
  refspecs: ["+refs/heads/*:refs/remotes/origin/*", "+refs/tags/*:refs/tags/*"],
  user: "",
  password: "",
  insecureAuth: false,
  pubkey: "",
  privkey: "",
  passphrase: "",
};

/** One run over some remotes, written as in a configuration file. */
export function update(
  base: string,
  entries: readonly unknown[],
  options: Partial<RemoteDefaults> & Partial<Parameters<typeof updateGitRepos>[0]> = {},
): Promise<UpdateReport> {
  const parsed = parseRemotes(entries as Json[], { ...defaults, ...options });
  return updateGitRepos({ lists: [{ base, ...parsed }], ...options });
}

/** The same for a single remote, of which the report is given. */
export async function updateOne(...args: Parameters<typeof update>): Promise<RemoteReport> {
  const report = (await update(...args)).remotes[0];
  if (!report) throw new Error("no remote was updated");
  return report;
}
