import { Writable } from "node:stream";
import { finished } from "node:stream/promises";
import { noProgress } from "../progress.js";
import { withoutSecrets } from "../secrets.js";
import type { DownloadFile } from "./download-store.js";
import { FetchError } from "./fetch-error.js";
import { type DownloadOptions, incomplete, tooLarge } from "./http.js";
import type { Client } from "./lazy-ftp.js";
import { splitUrl } from "./url.js";

/**
 * Downloads an ftp address to its place. It is whole when as many bytes came as the server says that the file has; a part
 * that is there is continued when size and date of the file are the same.
 * @throws FetchError
 */
export async function downloadFtp(url: string, place: DownloadFile, options: DownloadOptions): Promise<string[]> {
  const { limits, signal } = options;
  const { Client } = await import("./lazy-ftp.js");
  const client = new Client(limits.idleTimeoutMs, { allowSeparateTransferHost: false });
  const stop = () => client.close();
  signal.addEventListener("abort", stop, { once: true });
  try {
    const { host, port, user, password, file } = parts(url);
    await client.access({ host, port, user, password });
    const size = await sizeOf(client, file);
    if (size !== undefined && size > limits.maxBytes) throw tooLarge(url, limits.maxBytes);
    const modified = await client.lastMod(file).catch(() => undefined);
    // Without both there is no telling whether the rest belongs to what is here.
    const validator = size !== undefined && modified ? `${size} ${modified.toISOString()}` : undefined;
    const { partial } = place;
    const offset = partial && partial.validator === validator && partial.size < (size ?? 0) ? partial.size : 0;
    if (offset === 0) place.begin(validator, size);
    await receive(client, url, file, place, { ...options, offset, size });
    await place.complete(undefined);
    return offset > 0 ? [`An interrupted download was continued at ${offset} bytes.`] : [];
  } catch (error) {
    signal.throwIfAborted();
    throw asFtpError(error as Error, url);
  } finally {
    signal.removeEventListener("abort", stop);
    client.close();
  }
}

/** Undefined where the server does not know the command. */
async function sizeOf(client: Client, file: string): Promise<number | undefined> {
  try {
    const size = await client.size(file);
    return Number.isSafeInteger(size) && size >= 0 ? size : undefined;
  } catch (error) {
    const { code } = error as { code?: number };
    if (code !== undefined && [500, 502, 504].includes(code)) return undefined;
    throw error;
  }
}

async function receive(
  client: Client,
  url: string,
  file: string,
  place: DownloadFile,
  {
    limits,
    progress = noProgress,
    offset,
    size,
  }: DownloadOptions & { readonly offset: number; readonly size: number | undefined },
): Promise<void> {
  const shown = withoutSecrets(url);
  const most = size ?? limits.maxBytes;
  const part = await place.openPart(offset > 0);
  let done = offset;
  let surplus = false;
  const destination = new Writable({
    write(chunk: Buffer, _encoding, next) {
      surplus = done + chunk.length > most;
      if (surplus) return next(size === undefined ? tooLarge(url, most) : moreThanSaid(url, most));
      part.writeFile(chunk).then(() => {
        done += chunk.length;
        progress.report({ message: shown, done, ...(size !== undefined && { total: size }) });
        next();
      }, next);
    },
  });
  try {
    await client.downloadTo(destination, file, offset);
  } finally {
    // Nothing may be written any more when the next attempt asks how much is here.
    if (!destination.writableFinished) destination.destroy();
    await finished(destination).catch(() => {});
    await part.close();
    if (surplus) place.discardPart();
  }
  if (size !== undefined && done !== size) throw incomplete(url, done, size);
}

function moreThanSaid(url: string, size: number): FetchError {
  return new FetchError(
    "incomplete",
    `${url}: more came than the ${size} bytes that the server says the file has; nothing of it is used.`,
    `Could not retrieve ${url} from FTP server. Exception: size mismatch`,
  );
}

function parts(url: string) {
  try {
    const { hostname, port, username, password, pathname } = new URL(url);
    return {
      host: hostname,
      port: port ? Number(port) : 21,
      user: decodeURIComponent(username) || "anonymous",
      password: decodeURIComponent(password) || "anonymous@",
      file: decodeURIComponent(pathname),
    };
  } catch {
    throw new FetchError("refused", `${url} is no valid address.`, `Error: Invalid URL reading ${splitUrl(url).path}`);
  }
}

function asFtpError(error: Error, url: string): FetchError {
  if (error instanceof FetchError) return error;
  const { code } = error as { code?: number | string };
  return new FetchError(
    code === 550 ? "not-found" : "network",
    `${url}: ${error.message}`,
    // Salt's own sentence for ftp.
    `Could not retrieve ${url} from FTP server. Exception: ${error.message}`,
    { cause: error },
  );
}
