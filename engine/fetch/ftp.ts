import { createWriteStream } from "node:fs";
import { noProgress } from "../progress.js";
import type { DownloadFile } from "./download-store.js";
import { FetchError } from "./fetch-error.js";
import { type DownloadOptions, tooLarge } from "./http.js";
import { splitUrl } from "./url.js";

/**
 * Downloads an ftp address to its place; a part that is there is continued when size and date of the file are the same.
 * @throws FetchError
 */
export async function downloadFtp(url: string, place: DownloadFile, options: DownloadOptions): Promise<string[]> {
  const { limits, progress = noProgress, signal } = options;
  const { Client } = await import("./lazy-ftp.js");
  const client = new Client(limits.idleTimeoutMs);
  const stop = () => client.close();
  signal.addEventListener("abort", stop, { once: true });
  try {
    const { host, port, user, password, file } = parts(url);
    await client.access({ host, port, user, password });
    const size = await client.size(file);
    if (size > limits.maxBytes) throw tooLarge(url, limits.maxBytes);
    const modified = await client.lastMod(file).catch(() => undefined);
    const validator = `${size} ${modified?.toISOString() ?? ""}`;
    const { partial } = place;
    const offset = partial?.validator === validator && partial.size < size ? partial.size : 0;
    if (offset === 0) place.begin(validator);
    client.trackProgress(({ bytes }) => progress.report({ message: url, done: offset + bytes, total: size }));
    await client.downloadTo(createWriteStream(place.partFile, { flags: offset > 0 ? "a" : "w" }), file, offset);
    place.complete(undefined);
    return offset > 0 ? [`An interrupted download was continued at ${offset} bytes.`] : [];
  } catch (error) {
    signal.throwIfAborted();
    throw asFtpError(error as Error, url);
  } finally {
    signal.removeEventListener("abort", stop);
    client.close();
  }
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
