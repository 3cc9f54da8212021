import http from "node:http";
import https from "node:https";
import { HttpProxyAgent } from "http-proxy-agent";
import { HttpsProxyAgent } from "https-proxy-agent";
import { getProxyForUrl } from "proxy-from-env";
import { withoutSecrets } from "../secrets.js";
import { FetchError } from "./fetch-error.js";
import { splitUrl } from "./url.js";

export interface HttpOptions {
  readonly headers: { readonly [name: string]: string };
  readonly verifyTls: boolean;
  readonly idleTimeoutMs: number;
  readonly maxRedirects: number;
  readonly signal: AbortSignal;
}

export interface HttpAnswer {
  readonly response: http.IncomingMessage;
  /** Where the last redirect led. */
  readonly url: URL;
  readonly notes: readonly string[];
}

const redirects: readonly number[] = [301, 302, 303, 307, 308];

/**
 * GETs an address, following redirects, through the proxy that the environment names. Resolves with any final status.
 * @throws FetchError when no answer comes
 */
export async function httpGet(address: string, options: HttpOptions): Promise<HttpAnswer> {
  let url = parseUrl(address, address);
  const notes: string[] = [];
  for (let turn = 0; turn <= options.maxRedirects; turn++) {
    const response = await requestOnce(url, address, options);
    const { location } = response.headers;
    if (!redirects.includes(response.statusCode ?? 0) || !location) return { response, url, notes };
    response.resume();
    const next = parseUrl(location, address, url);
    if (url.protocol === "https:" && next.protocol === "http:") {
      notes.push(
        `The server redirects to plain http (${next.host}): what comes from there is not authenticated. Give a source_hash.`,
      );
    }
    url = next;
  }
  throw new FetchError(
    "too-many-redirects",
    `${address} redirects more than ${options.maxRedirects} times.`,
    `Error: Maximum (${options.maxRedirects}) redirects followed reading ${splitUrl(address).path}`,
  );
}

function parseUrl(text: string, address: string, base?: URL): URL {
  let url: URL;
  try {
    url = new URL(text, base);
  } catch {
    throw new FetchError(
      "refused",
      `${text} is no valid address.`,
      `Error: Invalid URL reading ${splitUrl(address).path}`,
    );
  }
  if (url.protocol === "http:" || url.protocol === "https:") return url;
  throw new FetchError(
    "refused",
    `${address} redirects to ${url.protocol}, which is not followed.`,
    `Error: Unsupported url scheme reading ${splitUrl(address).path}`,
  );
}

function requestOnce(url: URL, address: string, options: HttpOptions): Promise<http.IncomingMessage> {
  const { headers, verifyTls, idleTimeoutMs, signal } = options;
  const client = url.protocol === "https:" ? https : http;
  return new Promise((resolve, reject) => {
    const request = client.get(
      url,
      {
        headers: { "User-Agent": "winrepo", "Accept-Encoding": "identity", ...headers },
        agent: agentFor(url, verifyTls),
        rejectUnauthorized: verifyTls,
        timeout: idleTimeoutMs,
        signal,
      },
      resolve,
    );
    request.on("timeout", () => request.destroy(new StalledError(idleTimeoutMs)));
    request.on("error", (error) => reject(signal.aborted ? signal.reason : asFetchError(error, address)));
  });
}

/** For the proxy that the environment names; undefined lets Node open a connection of its own. */
export function agentFor(url: URL, verifyTls: boolean): http.Agent | undefined {
  const proxy = getProxyForUrl(url.href);
  if (!proxy) return undefined;
  return url.protocol === "https:"
    ? new HttpsProxyAgent(proxy, { rejectUnauthorized: verifyTls })
    : new HttpProxyAgent(proxy);
}

/** The server fell silent. */
export class StalledError extends Error {
  constructor(milliseconds: number) {
    super(`nothing came for ${milliseconds / 1000} seconds`);
  }
}

const tlsCodes = /^(?:ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|HOSTNAME_MISMATCH|EPROTO)/;

/** What went wrong on the wire, in words. */
export function asFetchError(error: Error, address: string): FetchError {
  if (error instanceof FetchError) return error;
  const shown = withoutSecrets(address);
  const { code = "" } = error as NodeJS.ErrnoException;
  const salt = `Error: ${error.message} reading ${splitUrl(address).path}`;
  if (error instanceof StalledError) {
    return new FetchError("timeout", `${shown}: ${error.message}.`, salt, { cause: error });
  }
  if (tlsCodes.test(code)) {
    const message =
      `${shown}: the server's certificate is not trusted (${error.message}). ` +
      "Install the certificate authority (NODE_EXTRA_CA_CERTS), or use --no-verify-ssl if you must.";
    return new FetchError("tls", message, salt, { cause: error });
  }
  if (/^(?:ENOSPC|EACCES|EROFS|EDQUOT|EIO)$/.test(code)) {
    return new FetchError("disk", `${shown} cannot be stored on this machine: ${error.message}.`, salt, {
      cause: error,
    });
  }
  const reasons: { readonly [code: string]: string } = {
    ENOTFOUND: "there is no such server",
    EAI_AGAIN: "the name of the server could not be looked up; is there a network?",
    ECONNREFUSED: "the server refuses connections",
    ECONNRESET: "the connection broke",
    ETIMEDOUT: "the server does not answer",
    EHOSTUNREACH: "there is no route to the server",
    ENETUNREACH: "there is no network",
  };
  return new FetchError("network", `${shown}: ${reasons[code] ?? error.message}.`, salt, { cause: error });
}
