import path from "node:path";
import { Option } from "commander";
import { configuredRemotes, textOption } from "../../config/salt-config.js";
import type { SaltRole } from "../../config/salt-options.js";
import { remoteNeeds } from "../../config/trust-needs.js";
import { UntrustedError } from "../../config/untrusted.js";
import { GitError } from "../../git/git-error.js";
import { type RemoteReport, type UpdateReport, updateGitRepos } from "../../git/update-git-repos.js";
import { type CliCommand, type CliIo, type ExitStatus, UsageError } from "../command.js";
import { LiveProgress } from "../pkg/live-progress.js";
import { plural, projectAt, saltConfigurationOf } from "../repo/common.js";
import { askHidden, confirmRemoval } from "../repo/prompt.js";
import { problemText } from "./config.js";

interface UpdateCliOptions {
  readonly clean?: boolean;
  readonly yes?: boolean;
  readonly role?: SaltRole;
  readonly json?: boolean;
}

export const updateGitReposCommand: CliCommand = {
  register(program, io, run) {
    program
      .command("update-git-repos")
      .summary("bring the git checkouts of definitions up to date")
      .description(
        "Clones and updates winrepo_remotes in winrepo_dir and winrepo_remotes_ng in winrepo_dir_ng, as winrepo.update_git_repos " +
          "does. A remote that fails does not stop the others; files that were changed by hand are never overwritten.",
      )
      .option("--clean", "also remove checkouts that were made for remotes that are no more; asks first")
      .option("-y, --yes", "remove them without asking")
      .addOption(
        new Option("--role <role>", "whose options (default: whose file the project names)").choices([
          "master",
          "minion",
        ]),
      )
      .option("--json", "print what Salt returns, and under `winrepo` what is known beyond it")
      .action(run((options: UpdateCliOptions) => runUpdate(options, io)));
  },
};

async function runUpdate(options: UpdateCliOptions, io: CliIo): Promise<ExitStatus> {
  const project = projectAt(io.cwd, io);
  const configuration = saltConfigurationOf(project, io, options.role);
  for (const problem of configuration.problems) io.stderr.write(`${problemText(problem, io.cwd)}\n`);
  if (options.clean && !options.yes && !process.stdin.isTTY) {
    throw new UsageError("--clean asks before it removes folders, and there is nobody to ask: add --yes");
  }
  const lists = [
    {
      base: path.resolve(project.root, textOption(configuration, "winrepo_dir")),
      ...configuredRemotes(configuration, "winrepo_remotes"),
    },
    {
      base: path.resolve(project.root, textOption(configuration, "winrepo_dir_ng")),
      ...configuredRemotes(configuration, "winrepo_remotes_ng"),
    },
  ];
  if (!project.trusted) {
    const needs = remoteNeeds(
      configuration,
      lists.flatMap(({ remotes }) => remotes),
    );
    if (needs.length > 0) throw new UntrustedError(project.root, needs);
  }
  const progress = new LiveProgress(io.stderr);
  let report: UpdateReport;
  try {
    report = await updateGitRepos({
      lists,
      progress,
      signal: io.signal,
      ...(options.clean && { confirmClean: async (folders) => options.yes === true || confirmRemoval(folders, io) }),
      ...(process.stdin.isTTY && { askCredentials: (remote) => askHidden(remote, io) }),
    });
  } catch (error) {
    if (error instanceof GitError) {
      io.stderr.write(`winrepo: ${error.message}\n`);
      return 1;
    }
    throw error;
  } finally {
    progress.end();
  }
  const { remotes, refused, cleaned } = report;
  if (options.json) io.stdout.json({ ...report.salt, winrepo: { remotes, refused, cleaned } });
  else io.stdout.write(reportText(report, io.cwd));
  return remotes.some(({ status }) => status === "failed") || refused.some(({ severity }) => severity === "error")
    ? 1
    : 0;
}

function reportText({ remotes, refused, cleaned }: UpdateReport, cwd: string): string {
  const lines = refused.map(({ severity, message }) => `${severity === "error" ? "✗" : "!"} ${message}`);
  for (const folder of cleaned) lines.push(`- ${folder} removed: it belongs to no remote`);
  for (const remote of remotes) lines.push(...remoteLines(remote, cwd));
  if (lines.length === 0) lines.push("No remotes are configured; see winrepo config.");
  return lines.map((line) => `${line}\n`).join("");
}

function remoteLines(remote: RemoteReport, cwd: string): string[] {
  const directory = path.relative(cwd, remote.directory) || remote.directory;
  if (remote.status === "failed") return [`✗ ${remote.id}`, `    ${remote.reason}`];
  const changes = [
    ...(remote.written ? [`${plural(remote.written, "file")} written`] : []),
    ...(remote.removed ? [`${plural(remote.removed, "file")} removed`] : []),
  ].join(", ");
  const commits =
    remote.from && remote.from !== remote.to ? `${short(remote.from)} → ${short(remote.to)}` : short(remote.to);
  return [
    `✓ ${remote.id}: ${remote.status} (${[commits, changes].filter(Boolean).join("; ")})`,
    `    ${directory}`,
    ...(remote.kept?.length ? [`    changed here and left as they are: ${remote.kept.join(", ")}`] : []),
    ...(remote.skipped?.length ? [`    links and submodules are not checked out: ${remote.skipped.join(", ")}`] : []),
    ...(remote.warnings ?? []).map((warning) => `    ${warning}`),
  ];
}

function short(commit: string | undefined): string {
  return commit?.slice(0, 9) ?? "";
}
