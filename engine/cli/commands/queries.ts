import { getPackageInfo, listAvailable, listRepoPkgs } from "../../repo/queries.js";
import { showSls } from "../../repo/show-sls.js";
import { firstReleases, hasFeature } from "../../salt-version/features.js";
import { formatSaltVersion, type SaltVersion } from "../../salt-version/salt-version.js";
import { toJson } from "../../value/convert.js";
import { BlankVersionError, compareVersions } from "../../version/version.js";
import { type CliCommand, type CliIo, type ExitStatus, UsageError } from "../command.js";
import { openRepository } from "../repo/common.js";
import { type QueryOptions, queried, queriedData, withQueryOptions } from "../repo/definitions.js";

export const listAvailableCommand: CliCommand = {
  register(program, io, run) {
    withQueryOptions(
      program
        .command("list-available")
        .summary("list the defined versions of packages")
        .description(
          "Lists the versions of packages, oldest first, as pkg.list_available does. Without a name: of all packages.",
        )
        .argument("[name...]", "short names"),
    )
      .option("--reverse-sort", "newest first")
      .option("--return-dict-always", "a mapping also for a single name")
      .action(run((names: string[], options: ListAvailableCliOptions) => runListAvailable(names, options, io)));
  },
};

interface ListAvailableCliOptions extends QueryOptions {
  readonly reverseSort?: boolean;
  readonly returnDictAlways?: boolean;
}

async function runListAvailable(names: string[], options: ListAvailableCliOptions, io: CliIo): Promise<ExitStatus> {
  const { data, salt } = await queried(options, io);
  const asked = { ...options, salt };
  if (options.reverseSort) noteMissing("--reverse-sort has no effect", salt, io);
  if (names.length === 0) {
    // Salt answers nothing without a name; people ask what there is.
    const all = listAvailable(data, [...listRepoPkgs(data).keys()], { ...asked, returnDictAlways: true });
    if (options.json) printValue(all, io);
    else if (all instanceof Map) printTable(all, io);
    return 0;
  }
  const answer = listAvailable(data, names, asked);
  if (options.json) printValue(answer, io);
  else if (answer instanceof Map) printTable(answer, io);
  else if (Array.isArray(answer)) io.stdout.write(answer.map((version) => `${version}\n`).join(""));
  const found = answer instanceof Map ? answer : new Map(answer === "" ? [] : [[names[0] as string, answer]]);
  const missing = names.filter((name) => !found.has(name));
  for (const name of missing) io.stderr.write(`winrepo: ${name}: no package of that name has a version\n`);
  return missing.length > 0 ? 1 : 0;
}

/** Says on standard error what the Salt that is asked cannot do. */
function noteMissing(what: string, salt: SaltVersion, io: CliIo): void {
  if (hasFeature(salt, "repository-listing")) return;
  const since = firstReleases("repository-listing");
  io.stderr.write(`winrepo: on Salt ${formatSaltVersion(salt)} ${what}; it came with ${since}\n`);
}

export const listRepoPkgsCommand: CliCommand = {
  register(program, io, run) {
    withQueryOptions(
      program
        .command("list-repo-pkgs")
        .summary("list packages with their versions")
        .description("Lists packages with their versions, newest first, as pkg.list_repo_pkgs does.")
        .argument("[glob...]", "short names with * and ?, or name=version"),
    ).action(
      run(async (globs: string[], options: QueryOptions) => {
        const { data, salt } = await queried(options, io);
        const packages = listRepoPkgs(data, globs);
        noteMissing("there is no pkg.list_repo_pkgs", salt, io);
        if (options.json) printValue(packages, io);
        else printTable(packages, io);
        return 0;
      }),
    );
  },
};

export const getPackageInfoCommand: CliCommand = {
  register(program, io, run) {
    withQueryOptions(
      program
        .command("get-package-info")
        .summary("show what is defined of a package")
        .description("Shows all versions of a package with their attributes, as pkg.get_package_info does.")
        .argument("<name>", "short name"),
    ).action(
      run(async (name: string, options: QueryOptions) => {
        const versions = getPackageInfo(await queriedData(options, io), name);
        if (options.json) printValue(toJson(versions), io);
        else if (versions.size > 0) io.stdout.yaml(toJson(versions));
        if (versions.size === 0) io.stderr.write(`winrepo: ${name}: no package of that name has a version\n`);
        return versions.size > 0 ? 0 : 1;
      }),
    );
  },
};

export const compareVersionsCommand: CliCommand = {
  register(program, io, run) {
    program
      .command("compare-versions")
      .summary("compare two versions as Salt does")
      .description("Compares two versions as pkg.compare_versions does, and prints true or false.")
      .argument("<version>")
      .argument("<operator>", "< <= == >= > or !=; in quotes")
      .argument("<version2>")
      .option("--json", "the same")
      .action(
        run(async (a: string, operator: string, b: string) => {
          try {
            io.stdout.write(`${compareVersions(a, operator, b)}\n`);
          } catch (error) {
            throw error instanceof BlankVersionError ? new UsageError(error.message) : error;
          }
          if (!/^([<>]=?|[!=]=)$/.test(operator))
            io.stderr.write(`winrepo: Salt knows no operator '${operator}': always false\n`);
          return 0;
        }),
      );
  },
};

export const showSlsCommand: CliCommand = {
  register(program, io, run) {
    withQueryOptions(
      program
        .command("show-sls")
        .summary("show the data of one definition, unchecked")
        .description(
          "Shows what a definition compiles to, as winrepo.show_sls does: a file, or a short name with dots for folders.",
        )
        .argument("<name>", "short name or file"),
    ).action(run((name: string, options: QueryOptions) => runShowSls(name, options, io)));
  },
};

async function runShowSls(name: string, options: QueryOptions, io: CliIo): Promise<ExitStatus> {
  const { repository } = await openRepository(options.repo, options, io);
  const { root, renderer } = repository;
  const shown = await showSls(name, { root, cwd: io.cwd, renderer, signal: io.signal });
  switch (shown.kind) {
    case "data":
      if (options.json) printValue(toJson(shown.data), io);
      else io.stdout.yaml(toJson(shown.data));
      return 0;
    case "failed":
      if (options.json) printValue({ Message: shown.message, Error: shown.error }, io);
      else io.stderr.write(`${shown.message}: ${shown.error}\n`);
      return 1;
    case "not-found":
      if (options.json) printValue(shown.message, io);
      else io.stderr.write(`winrepo: ${shown.message}\n`);
      return 1;
    case "unreadable":
      io.stderr.write(`winrepo: ${shown.file}: ${shown.error}\n`);
      return 1;
  }
}

function printValue(value: unknown, io: CliIo): void {
  io.stdout.json(value instanceof Map ? Object.fromEntries(value) : value);
}

function printTable(packages: ReadonlyMap<string, readonly string[]>, io: CliIo): void {
  const width = Math.min(40, Math.max(0, ...[...packages.keys()].map((name) => name.length)));
  for (const [name, versions] of packages) io.stdout.write(`${name.padEnd(width)}  ${versions.join(", ")}\n`);
}
