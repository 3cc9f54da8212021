import type { IncomingMessage } from "node:http";
import { addAbortSignal } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import { noProgress, type Progress } from "../progress.js";
import { withoutSecrets } from "../secrets.js";
import type { DownloadFile, PartialDownload } from "./download-store.js";
import { FetchError, TruncatedError } from "./fetch-error.js";
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
  } else {
    const etag = await place.etag();
    if (etag !== undefined) headers["If-None-Match"] = etag;
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
  const resumed = status === 206 && partial !== undefined && isRestOf(response, partial);
  if (status === 206 && !resumed) {
    response.destroy();
    place.discardPart();
    return once(url, place, options);
  }
  const offset = resumed ? partial.size : 0;
  const total = resumed ? (partial.total ?? totalOf(response)) : lengthOf(response);
  if (!resumed) place.begin(validatorOf(response), total);
  await receive(url, place, response, { ...options, offset, total });
  await place.complete(response.headers.etag);
  return resumed ? [...notes, `An interrupted download was continued at ${offset} bytes.`] : [...notes];
}

async function receive(
  url: string,
  place: DownloadFile,
  response: IncomingMessage,
  {
    limits,
    progress = noProgress,
    signal,
    offset,
    total,
  }: DownloadOptions & { readonly offset: number; readonly total: number | undefined },
): Promise<void> {
  if (total !== undefined && total > limits.maxBytes) {
    response.destroy();
    throw tooLarge(url, limits.maxBytes);
  }
  let done = offset;
  const shown = withoutSecrets(url);
  response.setTimeout(limits.idleTimeoutMs, () => response.destroy(new StalledError(limits.idleTimeoutMs)));
  const part = await place.openPart(offset > 0);
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
  if (total === undefined || done === total) return;
  // More than the whole: what came is no rest of what was here.
  if (done > total) place.discardPart();
  throw incomplete(url, done, total);
}

/**
 * Whether an answer to a request for the rest is the rest of the very same content: it begins where ours ends, ends where
 * the content ends, and is of the same length and version. A server or a mirror behind it may have another file by now.
 */
function isRestOf({ headers }: IncomingMessage, { size, total, validator }: PartialDownload): boolean {
  const range = /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(headers["content-range"] ?? "");
  if (!range || Number(range[1]) !== size) return false;
  const whole = range[3] === "*" ? undefined : Number(range[3]);
  const end = Number(range[2]) + 1;
  if ([whole, total].some((length) => length !== undefined && length !== end)) return false;
  const length = headers["content-length"];
  if (length !== undefined && Number(length) !== end - size) return false;
  const isTag = validator.startsWith('"');
  return isTag ? headers.etag === validator : (headers["last-modified"] ?? validator) === validator;
}

function totalOf({ headers }: IncomingMessage): number {
  return Number(/-(\d+)\//.exec(headers["content-range"] ?? "")?.[1]) + 1;
}

function lengthOf({ headers }: IncomingMessage): number | undefined {
  const length = headers["content-length"];
  return length === undefined ? undefined : Number(length);
}

/** What `If-Range` may be asked with: a strong ETag, else a date. Undefined where the server gives neither. */
function validatorOf({ headers }: IncomingMessage): string | undefined {
  if (headers["accept-ranges"] === "none") return undefined;
  if (headers.etag !== undefined) return headers.etag.startsWith('"') ? headers.etag : undefined;
  const { "last-modified": modified, date } = headers;
  // A file that was changed in the second in which it was sent may be changed again without another date.
  const age = Date.parse(date ?? "") - Date.parse(modified ?? "");
  return age >= 1000 ? modified : undefined;
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

export function incomplete(url: string, done: number, total: number): FetchError {
  if (/^https?$/.test(splitUrl(url).scheme)) return new TruncatedError(url, total, done);
  return new FetchError(
    "incomplete",
    `${url}: ${done} of ${total} bytes came.`,
    `Error: Connection closed reading ${splitUrl(url).path}`,
  );
}
