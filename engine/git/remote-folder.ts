import { randomBytes } from "node:crypto";
import { mkdir, readdir, rename, rmdir, stat } from "node:fs/promises";
import path from "node:path";
import type { GitRemote } from "../config/salt-remotes.js";
import { firstReleases } from "../salt-version/features.js";
import { type CheckoutResult, checkout } from "./checkout.js";
import { GitError } from "./git-error.js";
import { HttpTransport } from "./http-transport.js";
import { MadeFolders } from "./made.js";
import { mendDangling } from "./pack-store.js";
import { ProgramTransport } from "./program-transport.js";
import { Repository } from "./repository.js";
import type { Transport, TransportOptions } from "./transport.js";
import { wantedRef } from "./wanted-ref.js";

/** A remote and where its checkout lies (salt-reference §10.5: `<base>/<name>/_`). */
export interface RemoteCheckout {
  readonly remote: GitRemote;
  readonly base: string;
  /** `<base>/<name>`. */
  readonly folder: string;
  /** `<base>/<name>/_`. */
  readonly directory: string;
}

export interface Updated extends CheckoutResult {
  readonly from: string | undefined;
  readonly warnings: readonly string[];
}

export function checkoutOf(remote: GitRemote, base: string): RemoteCheckout {
  const folder = path.join(base, remote.name);
  return { remote, base, folder, directory: path.join(folder, "_") };
}

/**
 * Brings one remote's checkout up to date, or makes it. A new one is made aside and moved into place when it is whole.
 * @throws GitError
 */
export async function updateRemote(place: RemoteCheckout, options: TransportOptions): Promise<Updated> {
  const transport: Transport =
    place.remote.transport === "http" || place.remote.transport === "https"
      ? new HttpTransport(options)
      : new ProgramTransport(options);
  const warnings = (await isFolder(path.join(place.folder, ".git")))
    ? [
        `${place.folder} is a checkout of Salt before ${firstReleases("checkout-folder")}, whose definitions are found twice now: remove all in it but _`,
      ]
    : [];
  const update = (await isFolder(path.join(place.directory, ".git"))) ? refresh : clone;
  return { ...(await update(place, transport, options)), warnings };
}

async function refresh(
  { remote, directory }: RemoteCheckout,
  transport: Transport,
  { signal, limits }: TransportOptions,
): Promise<Omit<Updated, "warnings">> {
  const repository = await Repository.open(directory, limits);
  await repository.setUrl(remote.url);
  await mendDangling(repository);
  const from = await repository.head();
  const commit = await fetchWanted(repository, remote, transport);
  signal?.throwIfAborted();
  return { ...(await checkout(repository, commit, signal)), from };
}

async function clone(
  { remote, base, folder, directory }: RemoteCheckout,
  transport: Transport,
  { signal, limits }: TransportOptions,
): Promise<Omit<Updated, "warnings">> {
  const there = await readdir(directory).catch(() => []);
  if (there.length > 0) {
    throw new GitError(
      `${directory} holds files but is no git checkout; nothing was touched. Move it away and run this again`,
    );
  }
  const made = new MadeFolders(base);
  await made.open();
  const aside = await made.begin(remote.name, randomBytes(6).toString("hex"));
  try {
    const repository = await Repository.create(aside, remote.url, limits);
    const commit = await fetchWanted(repository, remote, transport);
    const result = await checkout(repository, commit, signal);
    await rmdir(directory).catch(() => undefined);
    await mkdir(folder, { recursive: true });
    await made.mark(aside);
    await rename(aside, directory);
    return { ...result, from: undefined };
  } finally {
    await made.end(aside);
  }
}

/** The wanted commit, fetched unless it lies here already. */
async function fetchWanted(repository: Repository, remote: GitRemote, transport: Transport): Promise<string> {
  const wanted = wantedRef(await transport.refs(), remote);
  if (wanted.kind === "ref" && (await repository.has(wanted.oid))) return repository.commitOf(wanted.oid);
  return transport.fetch(repository, wanted);
}

async function isFolder(folder: string): Promise<boolean> {
  return stat(folder).then(
    (status) => status.isDirectory(),
    () => false,
  );
}
