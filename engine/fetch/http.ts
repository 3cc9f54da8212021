import { open } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { addAbortSignal } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import { noProgress, type Progress } from "../progress.js";
import { withoutSecrets } from "../secrets.js";
import type { DownloadFile } from "./download-store.js";
import { FetchError } from "./fetch-error.js";
import { asFetchError, type HttpOptions, httpGet, StalledError } from "./http-request.js";
import type { FetchLimits } from "./limits.js";
import { splitUrl } from "./url.js";

export interface DownloadOptions {
  readonly limits: FetchLimits;
  readonly verifyTls: boolean;
  readonly progress?: Progress;
  readonly signal: AbortSignal;
}

/**
 * Downloads an http(s) address to its place. A file that is there is asked for with its ETag and kept on 304; a part that
 * is there is continued when the server still has the same content; a broken connection is taken up again.
 * @returns remarks for the report
 * @throws FetchError
 */
export async function downloadHttp(url: string, place: DownloadFile, options: DownloadOptions): Promise<string[]> {
  for (let attempt = 1; ; attempt++) {
    const before = place.partial?.size ?? 0;
    try {
      return await once(url, place, options);
    } catch (error) {
      options.signal.throwIfAborted();
      const fault = asFetchError(error as Error, url);
      const gotOn = (place.partial?.size ?? 0) > before;
      // A server that does not answer at all will not do so a second later, either.
      const isBroken = fault.failure === "incomplete" || (gotOn && /^(?:network|timeout)$/.test(fault.failure));
      if (!isBroken || attempt >= options.limits.attempts) throw fault;
      await delay(200 * 2 ** attempt, undefined, { signal: options.signal });
    }
  }
}

async function once(url: string, place: DownloadFile, options: DownloadOptions): Promise<string[]> {
  const { limits, verifyTls, signal } = options;
  const { partial } = place;
  const headers: { [name: string]: string } = {};
  if (partial) {
    headers.Range = `bytes=${partial.size}-`;
    headers["If-Range"] = partial.validator;
  } else if (place.etag !== undefined) {
    headers["If-None-Match"] = place.etag;
  }
  const request: HttpOptions = {
    headers,
    verifyTls,
    signal,
    idleTimeoutMs: limits.idleTimeoutMs,
    maxRedirects: limits.maxRedirects,
  };
  const { response, notes } = await httpGet(url, request);
  const status = response.statusCode ?? 0;
  if (status === 304 && place.isComplete) {
    response.resume();
    return [...notes, "The server says that the last download is still current."];
  }
  if (status === 416 && partial) {
    // What we have is longer than the file: it is another file by now.
    response.resume();
    place.discardPart();
    return once(url, place, options);
  }
  if (status !== 200 && !(status === 206 && partial)) {
    response.destroy();
    throw statusError(url, response);
  }
  const resumed = status === 206 && startOf(response) === partial?.size;
  if (status === 206 && !resumed) {
    response.destroy();
    place.discardPart();
    return once(url, place, options);
  }
  const offset = resumed ? (partial?.size ?? 0) : 0;
  if (!resumed) place.begin(validatorOf(response));
  await receive(url, place, response, offset, options);
  place.complete(response.headers.etag);
  return resumed ? [...notes, `An interrupted download was continued at ${offset} bytes.`] : [...notes];
}

async function receive(
  url: string,
  place: DownloadFile,
  response: IncomingMessage,
  offset: number,
  { limits, progress = noProgress, signal }: DownloadOptions,
): Promise<void> {
  const length = response.headers["content-length"];
  const total = length === undefined ? undefined : offset + Number(length);
  if (total !== undefined && total > limits.maxBytes) {
    response.destroy();
    throw tooLarge(url, limits.maxBytes);
  }
  let done = offset;
  const shown = withoutSecrets(url);
  response.setTimeout(limits.idleTimeoutMs, () => response.destroy(new StalledError(limits.idleTimeoutMs)));
  const part = await open(place.partFile, offset > 0 ? "a" : "w");
  try {
    // Written as it comes: what has arrived before a break is what the next attempt goes on from.
    for await (const chunk of addAbortSignal(signal, response) as AsyncIterable<Buffer>) {
      if (done + chunk.length > limits.maxBytes) throw tooLarge(url, limits.maxBytes);
      await part.writeFile(chunk);
      done += chunk.length;
      progress.report({ message: shown, done, ...(total !== undefined && { total }) });
    }
  } finally {
    await part.close();
  }
  if (total !== undefined && done !== total) {
    throw new FetchError(
      "incomplete",
      `${shown}: ${done} of ${total} bytes came.`,
      `Error: Connection closed reading ${splitUrl(url).path}`,
    );
  }
}

function startOf(response: IncomingMessage): number | undefined {
  const start = /^bytes (\d+)-/.exec(response.headers["content-range"] ?? "")?.[1];
  return start === undefined ? undefined : Number(start);
}

/** What `If-Range` may be asked with: a strong ETag, else a date. Undefined where the server gives neither. */
function validatorOf({ headers }: IncomingMessage): string | undefined {
  if (headers["accept-ranges"] === "none") return undefined;
  return headers.etag && !headers.etag.startsWith("W/") ? headers.etag : headers["last-modified"];
}

function statusError(url: string, response: IncomingMessage): FetchError {
  const { statusCode = 0, statusMessage = "" } = response;
  const hints: { readonly [status: number]: string } = {
    401: " The server wants a user name and password.",
    403: " The server forbids it.",
    404: " The file is not there (any more): a new version often comes at a new address.",
    410: " The file is gone for good.",
    429: " Too many requests: try again later.",
  };
  const reason = `HTTP ${statusCode}: ${statusMessage}`;
  return new FetchError(
    "http-status",
    `${url} answers ${statusCode} ${statusMessage}.${hints[statusCode] ?? ""}`,
    `Error: ${reason} reading ${splitUrl(url).path}`,
  );
}

export function tooLarge(url: string, limit: number): FetchError {
  return new FetchError(
    "too-large",
    `${url} is larger than the limit of ${limit} bytes.`,
    `Error: too large reading ${splitUrl(url).path}`,
  );
}
