import path from "node:path";
import type { SaltConfiguration } from "../../config/salt-config.js";
import { refreshCache, refreshTarget, sourceOptions } from "../../pkg/refresh.js";
import { isRefreshDue, RefreshError, type RepositoryLocations, repositoryLocations } from "../../repo/locations.js";
import { databaseAge, type RefreshResult } from "../../repo/refresh-db.js";
import type { PushResult } from "../../repo/refresh-target.js";
import { failhardMessage, saltReturn } from "../../repo/salt-return.js";
import type { ProjectState } from "../../state/project-state.js";
import type { CliCommand, CliIo, ExitStatus } from "../command.js";
import { LiveProgress } from "../pkg/live-progress.js";
import {
  openRepository,
  type RepositoryCliOptions,
  saltConfigurationOf,
  stateOf,
  withRepositoryOptions,
} from "../repo/common.js";
import { genrepoText } from "../repo/genrepo-text.js";
import { version } from "../version.js";
import { problemText } from "./config.js";

interface RefreshCliOptions extends RepositoryCliOptions {
  readonly target?: string;
  readonly verbose?: boolean;
  readonly failhard: boolean;
  readonly ifDue?: boolean;
}

export const refreshDbCommand: CliCommand = {
  register(program, io, run) {
    withRepositoryOptions(
      program
        .command("refresh-db")
        .summary("refresh the definitions that a minion, or a target, has")
        .description(
          "Fetches the definitions of winrepo_source_dir into the cache, renders them there and writes winrepo.p, as " +
            "pkg.refresh_db does. With --target the facts are those of that machine, and its own cache is brought up to date.",
        ),
    )
      .option("-t, --target <name>", "the machine whose cache is refreshed (default: a cache on this machine)")
      .option("-v, --verbose", "name the files that are fine, too")
      .option("--failhard", "fail when a file failed", true)
      .option("--no-failhard", "succeed although files failed")
      .option("--if-due", "only when there is no database yet, or one older than winrepo_cache_expire_max")
      .action(run((options: RefreshCliOptions) => runRefresh(options, io)));
  },
};

async function runRefresh(options: RefreshCliOptions, io: CliIo): Promise<ExitStatus> {
  const { project, profile } = await openRepository(undefined, options, io);
  const configuration = saltConfigurationOf(project, io);
  for (const problem of configuration.problems) io.stderr.write(`${problemText(problem, io.cwd)}\n`);
  const progress = new LiveProgress(io.stderr);
  const state = stateOf(project, io);
  const refresh = {
    ...(options.cache && { keep: version }),
    state,
    progress,
    signal: io.signal,
    host: io.renderHost,
  };
  try {
    if (options.target !== undefined) {
      const { result, push } = await refreshTarget(project, configuration, options.target, refresh);
      progress.end();
      return report(result, push, options.target, options, io);
    }
    const cacheDir = localCache(state, configuration);
    const locations = repositoryLocations({ ...sourceOptions(project, configuration), cacheDir });
    if (options.ifDue && !(await isDue(locations, configuration))) {
      io.stdout.write(
        options.json ? "true\n" : `${path.relative(io.cwd, locations.file)} is not old enough to be made anew.\n`,
      );
      return 0;
    }
    const result = await refreshCache(project, configuration, profile, cacheDir, refresh);
    progress.end();
    return report(result, undefined, profile.name, options, io);
  } catch (error) {
    if (!(error instanceof RefreshError)) throw error;
    const failed = (error.info?.failed ?? []).map((file) => `\n    ${file}`).join("");
    io.stderr.write(`winrepo: ${error.message}${failed}\n`);
    return 1;
  } finally {
    progress.end();
  }
}

/** A minion's own cache only when somebody named it: by default nothing outside of the project is touched. */
function localCache(state: ProjectState, { options }: SaltConfiguration): string {
  const cachedir = options.get("cachedir");
  const isNamed = cachedir && cachedir.origin.kind !== "default" && typeof cachedir.value === "string";
  if (isNamed) return String(cachedir.value);
  state.claim();
  return state.minionCache;
}

async function isDue(locations: RepositoryLocations, { options }: SaltConfiguration): Promise<boolean> {
  const seconds = (name: string, usual: number) => Number(options.get(name)?.value ?? usual);
  const rules = {
    expireMin: seconds("winrepo_cache_expire_min", 1800),
    expireMax: seconds("winrepo_cache_expire_max", 604800),
  };
  return isRefreshDue(await databaseAge(locations.file), false, rules);
}

function report(
  result: RefreshResult,
  push: PushResult | undefined,
  profile: string,
  options: RefreshCliOptions,
  io: CliIo,
): ExitStatus {
  const verbose = options.verbose ?? false;
  const failed = options.failhard && result.failed > 0;
  if (options.json) {
    const { aborts, notes, rendered, reused, elapsedMs, sync, file } = result;
    const winrepo = {
      profile,
      aborts,
      notes: [...notes, ...(push?.notes ?? [])],
      files: { rendered, reused },
      sync: { written: sync.written, removed: sync.removed, unchanged: sync.unchanged },
      ...(push && { target: { written: push.written, removed: push.removed, unchanged: push.unchanged } }),
      milliseconds: Math.round(elapsedMs),
      out: file,
      ...(failed && { error: failhardMessage(result) }),
    };
    io.stdout.json({ ...saltReturn(result, verbose), winrepo });
  } else {
    io.stdout.write(genrepoText(result, { verbose, profile }));
    const { written, removed } = push ?? result.sync;
    io.stdout.write(
      `${written.length} fetched, ${removed.length} removed; written to ${path.relative(io.cwd, result.file)}.\n`,
    );
    for (const note of push?.notes ?? []) io.stdout.write(`! ${note}\n`);
  }
  return failed || result.aborts.length > 0 ? 1 : 0;
}
