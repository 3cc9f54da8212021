import { type ChildProcess, spawn } from "node:child_process";
import http from "node:http";
import https from "node:https";
import type { AddressInfo } from "node:net";

export interface GitHttpServer {
  readonly url: string;
  /** Method, path and whether a password came, of each request. */
  readonly requests: readonly { readonly method: string; readonly url: string; readonly authorized: boolean }[];
  close(): Promise<void>;
}

export interface GitHttpOptions {
  readonly login?: { readonly user: string; readonly password: string };
  readonly tls?: { readonly key: string; readonly cert: string };
  /** Sends requests below this path on to another one, as a renamed repository does. */
  readonly redirect?: { readonly from: string; readonly to: string };
  /** Milliseconds before each answer. */
  readonly delay?: number;
}

/** Git's own server program behind node:http, on loopback. */
export async function serveGit(root: string, options: GitHttpOptions = {}): Promise<GitHttpServer> {
  const requests: { method: string; url: string; authorized: boolean }[] = [];
  const children = new Set<ChildProcess>();
  const expected =
    options.login && `Basic ${Buffer.from(`${options.login.user}:${options.login.password}`).toString("base64")}`;

  const handle = (request: http.IncomingMessage, response: http.ServerResponse) => {
    const url = new URL(request.url ?? "/", "http://localhost");
    const authorized = request.headers.authorization !== undefined;
    requests.push({ method: request.method ?? "", url: request.url ?? "", authorized });
    if (options.redirect && url.pathname.startsWith(options.redirect.from)) {
      const location = options.redirect.to + url.pathname.slice(options.redirect.from.length) + url.search;
      response.writeHead(301, { Location: location }).end();
      return;
    }
    if (expected && request.headers.authorization !== expected) {
      response.writeHead(401, { "WWW-Authenticate": 'Basic realm="git"' }).end("who are you?");
      return;
    }
    setTimeout(() => answer(url, request, response), options.delay ?? 0);
  };

  const answer = (url: URL, request: http.IncomingMessage, response: http.ServerResponse) => {
    const child = spawn("git", ["http-backend"], {
      env: {
        PATH: process.env.PATH,
        GIT_PROJECT_ROOT: root,
        GIT_HTTP_EXPORT_ALL: "1",
        PATH_INFO: url.pathname,
        QUERY_STRING: url.search.slice(1),
        REQUEST_METHOD: request.method,
        CONTENT_TYPE: request.headers["content-type"] ?? "",
        CONTENT_LENGTH: request.headers["content-length"] ?? "",
        HTTP_CONTENT_ENCODING: request.headers["content-encoding"] ?? "",
        REMOTE_ADDR: "127.0.0.1",
        GIT_CONFIG_COUNT: "1",
        GIT_CONFIG_KEY_0: "safe.directory",
        GIT_CONFIG_VALUE_0: "*",
      },
      timeout: 60_000,
    });
    children.add(child);
    child.on("close", () => children.delete(child));
    child.stdin.on("error", () => undefined);
    request.pipe(child.stdin);
    let head = Buffer.alloc(0);
    let started = false;
    child.stdout.on("data", (data: Buffer) => {
      if (started) {
        response.write(data);
        return;
      }
      head = Buffer.concat([head, data]);
      const end = head.indexOf("\r\n\r\n");
      if (end < 0) return;
      started = true;
      const headers = head
        .subarray(0, end)
        .toString()
        .split("\r\n")
        .map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trim()] as const);
      const status = headers.find(([name]) => name === "Status")?.[1];
      response.writeHead(
        status ? Number.parseInt(status, 10) : 200,
        Object.fromEntries(headers.filter(([name]) => name !== "Status")),
      );
      response.write(head.subarray(end + 4));
    });
    child.stdout.on("end", () => response.end());
    child.on("error", () => response.destroy());
  };

  const server = options.tls ? https.createServer(options.tls, handle) : http.createServer(handle);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `${options.tls ? "https" : "http"}://127.0.0.1:${port}`,
    requests,
    async close() {
      for (const child of children) child.kill("SIGKILL");
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
