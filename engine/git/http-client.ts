import http from "node:http";
import https from "node:https";
import type { GitHttpRequest, GitHttpResponse, HttpClient } from "isomorphic-git";
import { agentFor, asFetchError, StalledError } from "../fetch/http-request.js";
import { tooLong } from "./check-pack.js";
import { GitError } from "./git-error.js";
import type { GitLimits } from "./limits.js";

export interface GitHttpOptions {
  readonly verifyTls: boolean;
  readonly signal?: AbortSignal;
  /** How long a server may be silent. */
  readonly idleTimeoutMs?: number;
  readonly limits: GitLimits;
}

const redirects: readonly number[] = [301, 302, 307, 308];
const redirectLimit = 5;

/**
 * How isomorphic-git reaches http(s) remotes: through the proxy that the environment names, with a limit on silence, and
 * to be cancelled. Its own client knows neither proxies nor servers with a certificate of their own. Redirects of the
 * first request are followed as git does (a renamed repository), and the later requests go where they led; a password
 * never follows to another host.
 */
export function gitHttpClient(options: GitHttpOptions): HttpClient {
  const moved = new Map<string, string>();
  return {
    async request(request: GitHttpRequest): Promise<GitHttpResponse> {
      const body = request.body ? await collect(request.body) : undefined;
      let url = new URL(relocate(request.url, moved));
      let headers = { "User-Agent": "git/winrepo", ...request.headers };
      if (url.host !== new URL(request.url).host) headers = withoutAuthorization(headers);
      for (let turn = 0; turn <= redirectLimit; turn++) {
        const response = await send(url, request.method ?? "GET", headers, body, options);
        const { location } = response.headers;
        if (!redirects.includes(response.statusCode ?? 0) || !location || body) {
          return answer(url, request, response, options.limits);
        }
        response.resume();
        const next = new URL(location, url);
        if (next.protocol !== "https:" && next.protocol !== url.protocol) {
          throw new GitError(`${url.host} redirects to ${next.protocol}//${next.host}, which is not followed`);
        }
        if (next.host !== url.host) headers = withoutAuthorization(headers);
        recordRedirect(request.url, next.href, moved);
        url = next;
      }
      throw new GitError(`${new URL(request.url).host} redirects more than ${redirectLimit} times`);
    },
  };
}

const discovery = "/info/refs?service=git-upload-pack";

function recordRedirect(from: string, to: string, moved: Map<string, string>): void {
  if (from.endsWith(discovery) && to.endsWith(discovery)) {
    moved.set(from.slice(0, -discovery.length), to.slice(0, -discovery.length));
  }
}

function relocate(url: string, moved: ReadonlyMap<string, string>): string {
  for (const [from, to] of moved) if (url.startsWith(`${from}/`)) return to + url.slice(from.length);
  return url;
}

function withoutAuthorization<Headers extends { [name: string]: string }>(headers: Headers): Headers {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => name.toLowerCase() !== "authorization"),
  ) as Headers;
}

function send(
  url: URL,
  method: string,
  headers: { [name: string]: string },
  body: Buffer | undefined,
  { verifyTls, signal, idleTimeoutMs = 60_000 }: GitHttpOptions,
): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    const client = url.protocol === "https:" ? https : http;
    const request = client.request(
      url,
      {
        method,
        headers: body ? { ...headers, "Content-Length": String(body.length) } : headers,
        agent: agentFor(url, verifyTls),
        rejectUnauthorized: verifyTls,
        timeout: idleTimeoutMs,
        ...(signal && { signal }),
      },
      resolve,
    );
    request.on("timeout", () => request.destroy(new StalledError(idleTimeoutMs)));
    request.on("error", (error) =>
      reject(signal?.aborted ? signal.reason : new GitError(asFetchError(error, url.origin).message)),
    );
    request.end(body);
  });
}

async function answer(
  url: URL,
  request: GitHttpRequest,
  response: http.IncomingMessage,
  { packBytes, refsBytes }: GitLimits,
): Promise<GitHttpResponse> {
  const headers = Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, String(value)]));
  return {
    url: url.href,
    method: request.method ?? "GET",
    statusCode: response.statusCode ?? 0,
    statusMessage: response.statusMessage ?? "",
    headers,
    body: request.body ? limited(response, packBytes) : await whole(limited(response, refsBytes)),
  };
}

/** isomorphic-git takes a list of refs that breaks off for a whole one. */
async function whole(body: AsyncIterable<Uint8Array>): Promise<AsyncIterableIterator<Uint8Array>> {
  const content = await collect(body);
  return (async function* () {
    yield content;
  })();
}

async function* limited(response: http.IncomingMessage, most: number): AsyncGenerator<Uint8Array, void> {
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    // Leaving the loop ends the connection.
    if (bytes > most) throw tooLong(most);
    yield chunk;
  }
}

async function collect(body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of body) parts.push(part);
  return Buffer.concat(parts);
}
