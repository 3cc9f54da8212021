import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import http from "node:http";
import https from "node:https";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { downloadFileFor } from "../../engine/fetch/download-store.js";
import { FetchError } from "../../engine/fetch/fetch-error.js";
import { Fetcher } from "../../engine/fetch/fetcher.js";
import type { FetchLimits } from "../../engine/fetch/limits.js";
import { startFtpServer } from "./ftp-server.js";

type Handler = (request: http.IncomingMessage, response: http.ServerResponse) => void;

const content = Buffer.from("0123456789".repeat(5000));
let store: string;
const servers: http.Server[] = [];
const closers: (() => void)[] = [];

const proxyNames = [
  "http_proxy",
  "https_proxy",
  "all_proxy",
  "no_proxy",
  "HTTP_PROXY",
  "HTTPS_PROXY",
  "ALL_PROXY",
  "NO_PROXY",
];
const proxiesBefore = proxyNames.map((name) => [name, process.env[name]] as const);

beforeEach(() => {
  for (const name of proxyNames) delete process.env[name];
  store = mkdtempSync(path.join(tmpdir(), "winrepo-fetch-"));
});
afterEach(() => {
  for (const [name, value] of proxiesBefore) if (value !== undefined) process.env[name] = value;
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
  for (const close of closers.splice(0)) close();
  rmSync(store, { recursive: true });
});

async function serve(handler: Handler, tls?: https.ServerOptions): Promise<string> {
  const server = tls ? https.createServer(tls, handler) : http.createServer(handler);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `${tls ? "https" : "http"}://127.0.0.1:${(server.address() as { port: number }).port}`;
}

function fetcher(limits: Partial<FetchLimits> = {}): Fetcher {
  return new Fetcher({ store, mounts: [], limits });
}

function wholeFiles(): string[] {
  return readdirSync(store, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith("x.exe"));
}

async function failureOf(promise: Promise<unknown>): Promise<FetchError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(FetchError);
  return error as FetchError;
}

/** A server that honours ranges and breaks the connection of its first answers at the given places. */
function breaking(breaks: number[], seen: http.IncomingHttpHeaders[], etag = '"v1"'): Handler {
  return (request, response) => {
    seen.push(request.headers);
    const start = request.headers["if-range"] === etag ? Number(/\d+/.exec(request.headers.range ?? "")?.[0] ?? 0) : 0;
    response.writeHead(start ? 206 : 200, {
      etag,
      "content-length": content.length - start,
      ...(start && { "content-range": `bytes ${start}-${content.length - 1}/${content.length}` }),
    });
    const stop = breaks.shift();
    if (stop === undefined) response.end(content.subarray(start));
    // A reset on the heels of the data can overtake it.
    else response.write(content.subarray(start, stop), () => setTimeout(() => response.destroy(), 50));
  };
}

describe("downloading over http", () => {
  it("brings a file and reports progress", async () => {
    const base = await serve((_request, response) => {
      response.setHeader("content-length", content.length);
      response.end(content);
    });
    const steps: { done?: number; total?: number }[] = [];
    const found = await fetcher().file(`${base}/a/setup.exe`, { progress: { report: (step) => steps.push(step) } });
    expect(readFileSync(found!.file)).toEqual(content);
    expect(path.basename(found!.file)).toBe("setup.exe");
    expect(steps.at(-1)).toMatchObject({ done: content.length, total: content.length });
  });

  it("asks with the ETag the next time and keeps the file", async () => {
    const asked: (string | undefined)[] = [];
    const base = await serve((request, response) => {
      asked.push(request.headers["if-none-match"]);
      response.setHeader("etag", '"one"');
      if (request.headers["if-none-match"] === '"one"') response.writeHead(304).end();
      else response.end(content);
    });
    const first = await fetcher().file(`${base}/x.exe`);
    const second = await fetcher().file(`${base}/x.exe`);
    expect(asked).toEqual([undefined, '"one"']);
    expect(second!.file).toBe(first!.file);
    expect(readFileSync(`${first!.file}.etag`, "utf8")).toBe('"one"');
    expect(readFileSync(second!.file)).toEqual(content);
  });

  it("believes 304 of the file that came, not of one that was put in its place", async () => {
    const asked: (string | undefined)[] = [];
    const base = await serve((request, response) => {
      asked.push(request.headers["if-none-match"]);
      response.setHeader("etag", '"one"');
      if (request.headers["if-none-match"] === '"one"') response.writeHead(304).end();
      else response.end(content);
    });
    const { file } = downloadFileFor(store, `${base}/x.exe`);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, "evil");
    writeFileSync(`${file}.etag`, '"one"');
    await fetcher().file(`${base}/x.exe`);
    expect(readFileSync(file)).toEqual(content);
    writeFileSync(file, "evil");
    await fetcher().file(`${base}/x.exe`);
    expect(readFileSync(file)).toEqual(content);
    expect(asked).toEqual([undefined, undefined]);
  });

  it.skipIf(process.platform === "win32")("writes through no link", async () => {
    const base = await serve((_request, response) => response.end(content));
    const outside = path.join(store, "outside");
    writeFileSync(outside, "theirs");
    const { file, partFile } = downloadFileFor(store, `${base}/x.exe`);
    mkdirSync(path.dirname(file), { recursive: true });
    for (const name of [file, partFile, `${partFile}.json`, `${file}.sha256`, `${file}.etag`])
      symlinkSync(outside, name);
    await fetcher().file(`${base}/x.exe`);
    expect(readFileSync(file)).toEqual(content);
    expect(readFileSync(outside, "utf8")).toBe("theirs");
  });

  it("forgets a file that turned out to be wrong", async () => {
    const asked: (string | undefined)[] = [];
    const base = await serve((request, response) => {
      asked.push(request.headers["if-none-match"]);
      response.setHeader("etag", '"one"');
      response.end(content);
    });
    const found = await fetcher().file(`${base}/x.exe`);
    await fetcher().forget(`${base}/x.exe`);
    expect(existsSync(found!.file)).toBe(false);
    await fetcher().file(`${base}/x.exe`);
    expect(asked).toEqual([undefined, undefined]);
  });

  it("takes the new content when the ETag changed", async () => {
    let version = 1;
    const base = await serve((_request, response) => {
      response.setHeader("etag", `"${version}"`);
      response.end(`content ${version}`);
    });
    await fetcher().file(`${base}/x.exe`);
    version = 2;
    const found = await fetcher().file(`${base}/x.exe`);
    expect(readFileSync(found!.file, "utf8")).toBe("content 2");
  });

  it("follows redirects, and says so when one leads to plain http", async () => {
    const plain = await serve((_request, response) => response.end(content));
    const secure = await serve((request, response) => {
      const location = request.url === "/one" ? "/two" : `${plain}/three.exe`;
      response.writeHead(302, { location }).end();
    }, selfSigned());
    const found = await fetcher().file(`${secure}/one`, { verifyTls: false });
    expect(readFileSync(found!.file)).toEqual(content);
    expect(found!.notes.join()).toContain("plain http");
  });

  it("gives up on endless redirects and on ones to other schemes", async () => {
    const base = await serve((request, response) => {
      response.writeHead(301, { location: request.url === "/file" ? "file:///etc/passwd" : "/again" }).end();
    });
    expect((await failureOf(fetcher().file(`${base}/again`))).failure).toBe("too-many-redirects");
    expect((await failureOf(fetcher().file(`${base}/file`))).failure).toBe("refused");
  });

  it("says 404 as Salt does", async () => {
    const base = await serve((_request, response) => response.writeHead(404).end());
    const failure = await failureOf(fetcher().file(`${base}/a/b.exe?x=1`));
    expect(failure.failure).toBe("http-status");
    expect(failure.salt).toBe("Error: HTTP 404: Not Found reading /a/b.exe");
  });

  it("hides a password in what it says, and sends it", async () => {
    let authorization: string | undefined;
    const base = await serve((request, response) => {
      authorization = request.headers.authorization;
      response.writeHead(403).end();
    });
    const failure = await failureOf(fetcher().file(`${base.replace("//", "//me:hunter2@")}/x.exe`));
    expect(failure.message + failure.salt).not.toContain("hunter2");
    expect(authorization).toBe(`Basic ${Buffer.from("me:hunter2").toString("base64")}`);
  });
});

describe("broken connections", () => {
  it("goes on where it was", async () => {
    const seen: http.IncomingHttpHeaders[] = [];
    const base = await serve(breaking([10_000, 30_000], seen));
    const found = await fetcher().file(`${base}/x.exe`);
    expect(readFileSync(found!.file)).toEqual(content);
    expect(seen).toHaveLength(3);
    expect(seen[2]!["if-range"]).toBe('"v1"');
    expect(readdirSync(path.dirname(found!.file)).filter((name) => /part|lock/.test(name))).toEqual([]);
  });

  it("goes on in a later run", async () => {
    const seen: http.IncomingHttpHeaders[] = [];
    const base = await serve(breaking([20_000], seen));
    await failureOf(fetcher({ attempts: 1 }).file(`${base}/x.exe`));
    const found = await fetcher({ attempts: 1 }).file(`${base}/x.exe`);
    expect(readFileSync(found!.file)).toEqual(content);
    expect(found!.notes.join()).toContain("continued at");
  });

  it("starts anew when the content changed meanwhile", async () => {
    const seen: http.IncomingHttpHeaders[] = [];
    let handler = breaking([20_000], seen, '"old"');
    const base = await serve((request, response) => handler(request, response));
    await failureOf(fetcher({ attempts: 1 }).file(`${base}/x.exe`));
    handler = breaking([], seen, '"new"');
    const found = await fetcher({ attempts: 1 }).file(`${base}/x.exe`);
    expect(readFileSync(found!.file)).toEqual(content);
    expect(readFileSync(`${found!.file}.etag`, "utf8")).toBe('"new"');
  });

  const old = Buffer.from("x".repeat(content.length));
  const rest = `bytes 20000-${content.length - 1}/${content.length}`;
  it.each<[string, http.OutgoingHttpHeaders]>([
    ["of another version", { etag: '"v2"', "content-range": rest }],
    ["of no version", { "content-range": rest }],
    ["of a weak version", { etag: 'W/"v1"', "content-range": rest }],
    ["of a longer file", { etag: '"v1"', "content-range": `bytes 20000-${content.length - 1}/999999` }],
    ["of a shorter file", { etag: '"v1"', "content-range": `bytes 20000-${content.length - 2}/${content.length - 1}` }],
    ["that ends early", { etag: '"v1"', "content-range": `bytes 20000-30000/${content.length}` }],
    ["that begins elsewhere", { etag: '"v1"', "content-range": `bytes 10000-${content.length - 1}/${content.length}` }],
    ["whose length is another", { etag: '"v1"', "content-range": rest, "content-length": 100 }],
    ["that does not say what it is", { etag: '"v1"' }],
  ])("never joins what came with a rest %s", async (_, headers) => {
    let first = true;
    const base = await serve((request, response) => {
      if (first) {
        first = false;
        response.writeHead(200, { etag: '"v1"', "content-length": old.length });
        response.write(old.subarray(0, 20_000), () => setTimeout(() => response.destroy(), 50));
      } else if (request.headers.range) response.writeHead(206, headers).end(content.subarray(20_000));
      else response.end(content);
    });
    await failureOf(fetcher({ attempts: 1 }).file(`${base}/x.exe`));
    const found = await fetcher({ attempts: 1 }).file(`${base}/x.exe`);
    expect(readFileSync(found!.file)).toEqual(content);
  });

  it("goes on by date only when the date is sure to tell versions apart", async () => {
    const sent: (string | undefined)[] = [];
    const modified = new Date("2026-01-01T00:00:00Z").toUTCString();
    let date = modified;
    const base = await serve((request, response) => {
      sent.push(request.headers.range);
      response.writeHead(200, { date, "last-modified": modified, "content-length": content.length });
      response.write(content.subarray(0, 20_000), () => setTimeout(() => response.destroy(), 50));
    });
    for (let run = 0; run < 2; run++) await failureOf(fetcher({ attempts: 1 }).file(`${base}/x.exe`));
    date = new Date("2026-01-02T00:00:00Z").toUTCString();
    for (let run = 0; run < 2; run++) await failureOf(fetcher({ attempts: 1 }).file(`${base}/x.exe`));
    expect(sent).toEqual([undefined, undefined, undefined, "bytes=20000-"]);
  });

  it("takes no more than the whole", async () => {
    const base = await serve((request, response) => {
      response.writeHead(request.headers.range ? 206 : 200, {
        etag: '"v1"',
        ...(request.headers.range
          ? { "content-range": rest, "transfer-encoding": "chunked" }
          : { "content-length": content.length }),
      });
      if (request.headers.range) response.end(content);
      else response.write(content.subarray(0, 20_000), () => setTimeout(() => response.destroy(), 50));
    });
    await failureOf(fetcher({ attempts: 1 }).file(`${base}/x.exe`));
    expect((await failureOf(fetcher({ attempts: 1 }).file(`${base}/x.exe`))).failure).toBe("incomplete");
    expect(wholeFiles()).toEqual([]);
  });

  it("never leaves half a file at the place of the whole one", async () => {
    const base = await serve((_request, response) => {
      response.writeHead(200, { "content-length": 100 });
      response.write("half", () => response.destroy());
    });
    await failureOf(fetcher({ attempts: 2 }).file(`${base}/x.exe`));
    expect(wholeFiles()).toEqual([]);
  });
});

describe("limits", () => {
  it("refuses what says it is too large, and what turns out to be", async () => {
    const base = await serve((request, response) => {
      if (request.url === "/said.exe") response.setHeader("content-length", content.length);
      response.end(content);
    });
    const small = fetcher({ maxBytes: 1000 });
    expect((await failureOf(small.file(`${base}/said.exe`))).failure).toBe("too-large");
    expect((await failureOf(small.file(`${base}/unsaid.exe`))).failure).toBe("too-large");
  });

  it("gives up a server that says nothing", async () => {
    const base = await serve(() => {});
    expect((await failureOf(fetcher({ idleTimeoutMs: 100 }).file(`${base}/x.exe`))).failure).toBe("timeout");
  });

  it("gives up a server that falls silent in the middle", async () => {
    const base = await serve((_request, response) => {
      response.writeHead(200, { "content-length": 100 });
      response.write("some");
    });
    expect((await failureOf(fetcher({ idleTimeoutMs: 100 }).file(`${base}/x.exe`))).failure).toBe("timeout");
  });

  it("gives up a server that drips", async () => {
    const base = await serve((_request, response) => {
      response.writeHead(200, { "content-length": 1000 });
      const timer = setInterval(() => response.write("x"), 20);
      response.on("close", () => clearInterval(timer));
    });
    const failure = await failureOf(fetcher({ totalTimeoutMs: 200 }).file(`${base}/x.exe`));
    expect(failure.failure).toBe("timeout");
  });

  it("stops when it is cancelled, with the reason given", async () => {
    const abort = new AbortController();
    const base = await serve((_request, response) => {
      response.writeHead(200, { "content-length": 1000 });
      response.write("x");
      setTimeout(() => abort.abort(new Error("the user had enough")), 50);
    });
    await expect(fetcher().file(`${base}/x.exe`, { signal: abort.signal })).rejects.toThrow("the user had enough");
  });

  it("lets two wait for one download", async () => {
    let requests = 0;
    const base = await serve((request, response) => {
      requests++;
      response.setHeader("etag", '"e"');
      if (request.headers["if-none-match"]) response.writeHead(304).end();
      else setTimeout(() => response.end(content), 50);
    });
    const both = await Promise.all([fetcher().file(`${base}/x.exe`), fetcher().file(`${base}/x.exe`)]);
    expect(both[0]!.file).toBe(both[1]!.file);
    expect(readFileSync(both[0]!.file)).toEqual(content);
    expect(requests).toBe(2);
  });
});

describe("TLS", () => {
  it("refuses a certificate that nobody vouches for", async () => {
    const base = await serve((_request, response) => response.end(content), selfSigned());
    const failure = await failureOf(fetcher().file(`${base}/x.exe`));
    expect(failure.failure).toBe("tls");
    expect(failure.message).toContain("--no-verify-ssl");
  });

  it("takes it when told to", async () => {
    const base = await serve((_request, response) => response.end(content), selfSigned());
    expect(readFileSync((await fetcher().file(`${base}/x.exe`, { verifyTls: false }))!.file)).toEqual(content);
  });
});

describe("proxies from the environment", () => {
  it("asks the proxy for http", async () => {
    const asked: string[] = [];
    const proxy = await serve((request, response) => {
      asked.push(request.url ?? "");
      response.end(content);
    });
    process.env.http_proxy = proxy;
    await fetcher().file("http://installers.example/x.exe");
    expect(asked).toEqual(["http://installers.example/x.exe"]);
  });

  it("tunnels https through the proxy", async () => {
    const secure = await serve((_request, response) => response.end(content), selfSigned());
    const tunnels: string[] = [];
    const proxy = http.createServer();
    servers.push(proxy);
    proxy.on("connect", (request, socket) => {
      tunnels.push(request.url ?? "");
      const { port, hostname } = new URL(`http://${request.url}`);
      const upstream = connect(Number(port), hostname, () => {
        socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
        upstream.pipe(socket).pipe(upstream);
      });
      upstream.on("error", () => socket.destroy());
      socket.on("error", () => upstream.destroy());
    });
    await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
    process.env.https_proxy = `http://127.0.0.1:${(proxy.address() as { port: number }).port}`;
    await fetcher().file(`${secure}/x.exe`, { verifyTls: false });
    expect(tunnels).toEqual([secure.replace("https://", "")]);
  });
});

describe("ftp", () => {
  it("brings a file", async () => {
    const server = await startFtpServer({ "/pub/x.exe": content });
    closers.push(() => server.close());
    const found = await fetcher().file(`ftp://127.0.0.1:${server.port}/pub/x.exe`);
    expect(readFileSync(found!.file)).toEqual(content);
  });

  it("goes on where it was", async () => {
    const server = await startFtpServer({ "/x.exe": content }, { breakAfter: 20_000 });
    closers.push(() => server.close());
    const url = `ftp://127.0.0.1:${server.port}/x.exe`;
    await failureOf(fetcher().file(url));
    const found = await fetcher().file(url);
    expect(server.offsets[1]).toBeGreaterThan(0);
    expect(readFileSync(found!.file)).toEqual(content);
  });

  it("is whole when as many bytes came as the file has, whatever the server says then", async () => {
    const server = await startFtpServer({ "/x.exe": content }, { cutAfter: 100 });
    closers.push(() => server.close());
    const url = `ftp://127.0.0.1:${server.port}/x.exe`;
    const failure = await failureOf(fetcher().file(url));
    expect(failure).toMatchObject({ failure: "incomplete", message: `${url}: 100 of 50000 bytes came.` });
    expect(wholeFiles()).toEqual([]);
    expect(readFileSync((await fetcher().file(url))!.file)).toEqual(content);
    expect(server.offsets).toEqual([0, 100]);
  });

  it("stops where more comes than the file has", async () => {
    const server = await startFtpServer({ "/x.exe": Buffer.alloc(20 * 1024 ** 2) }, { saidSize: "10" });
    closers.push(() => server.close());
    const failure = await failureOf(fetcher().file(`ftp://127.0.0.1:${server.port}/x.exe`));
    expect(failure.message).toContain("more came than the 10 bytes");
    expect(readdirSync(store, { recursive: true }).map(String).join()).not.toContain("x.exe");
  });

  it.each(["not-a-number", "-5", "9999999999999999999999"])(
    "takes no size %s for one, and keeps to the limit",
    async (saidSize) => {
      const server = await startFtpServer({ "/x.exe": content }, { saidSize });
      closers.push(() => server.close());
      await failureOf(fetcher({ maxBytes: 1000 }).file(`ftp://127.0.0.1:${server.port}/x.exe`));
      expect(wholeFiles()).toEqual([]);
    },
  );

  it("keeps to the limit where the server knows no sizes", async () => {
    const server = await startFtpServer({ "/x.exe": content }, { unknown: ["SIZE"] });
    closers.push(() => server.close());
    const url = `ftp://127.0.0.1:${server.port}/x.exe`;
    expect((await failureOf(fetcher({ maxBytes: 1000 }).file(url))).failure).toBe("too-large");
    expect(readFileSync((await fetcher().file(url))!.file)).toEqual(content);
  });

  it("does not go on where nothing tells whether the file is the same", async () => {
    const server = await startFtpServer({ "/x.exe": content }, { breakAfter: 20_000, unknown: ["MDTM"] });
    closers.push(() => server.close());
    const url = `ftp://127.0.0.1:${server.port}/x.exe`;
    await failureOf(fetcher().file(url));
    await fetcher().file(url);
    expect(server.offsets).toEqual([0, 0]);
  });

  it("shows no password while it comes", async () => {
    const server = await startFtpServer({ "/x.exe": content });
    closers.push(() => server.close());
    const steps: string[] = [];
    const progress = { report: ({ message }: { message?: string }) => void steps.push(message ?? "") };
    await fetcher().file(`ftp://me:hunter2@127.0.0.1:${server.port}/x.exe`, { progress });
    expect(steps.length).toBeGreaterThan(0);
    expect(steps.join()).not.toContain("hunter2");
  });

  it("says what is not there", async () => {
    const server = await startFtpServer({});
    closers.push(() => server.close());
    const failure = await failureOf(fetcher().file(`ftp://me:hunter2@127.0.0.1:${server.port}/x.exe`));
    expect(failure.failure).toBe("not-found");
    expect(failure.message + failure.salt).not.toContain("hunter2");
  });
});

it("does not fetch from schemes that need the minion's credentials", async () => {
  expect((await failureOf(fetcher().file("s3://bucket/x.exe"))).failure).toBe("unsupported");
  expect(existsSync(path.join(store, "x.exe"))).toBe(false);
});

function selfSigned(): https.ServerOptions {
  const read = (name: string) => readFileSync(path.join(import.meta.dirname, "fixtures", name));
  return { key: read("self-signed.key.pem"), cert: read("self-signed.cert.pem") };
}
