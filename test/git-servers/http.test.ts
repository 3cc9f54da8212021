import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type GitHttpOptions, type GitHttpServer, serveGit } from "./http-backend.js";
import { git, SourceRepository, update, updateOne } from "./source-repository.js";

let folder: string;
let base: string;
let source: SourceRepository;
let servers: GitHttpServer[];

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "winrepo-git-"));
  base = path.join(folder, "repo-ng");
  source = new SourceRepository(path.join(folder, "served/tools.git"));
  source.commit({ "a.sls": "a: one\n", "sub/b.sls": "b: one\n", "run.sh": "#!/bin/sh\n" });
  servers = [];
});

afterEach(async () => {
  for (const server of servers) await server.close();
  rmSync(folder, { recursive: true, force: true });
});

async function serve(options: GitHttpOptions = {}): Promise<string> {
  const server = await serveGit(path.join(folder, "served"), options);
  servers.push(server);
  return `${server.url}/tools.git`;
}

const checkedOut = (file: string) => readFileSync(path.join(base, "tools/_", file), "utf8");

describe("a remote over http", () => {
  it("is cloned, then brought up to date, with only what is new", async () => {
    const url = await serve();
    const first = await update(base, [url]);
    expect(first.salt).toEqual({ [url]: path.join(base, "tools/_") });
    expect(first.remotes[0]).toMatchObject({ status: "cloned", written: 3 });
    expect(checkedOut("sub/b.sls")).toBe("b: one\n");

    expect(await updateOne(base, [url])).toMatchObject({ status: "unchanged", written: 0 });

    const commit = source.commit({ "a.sls": "a: two\n", "sub/b.sls": null, "sub/deep/c.sls": "c: one\n" });
    expect(await updateOne(base, [url])).toMatchObject({ status: "updated", written: 2, removed: 1, to: commit });
    expect(checkedOut("a.sls")).toBe("a: two\n");
    expect(existsSync(path.join(base, "tools/_/sub/b.sls"))).toBe(false);
    expect(checkedOut("sub/deep/c.sls")).toBe("c: one\n");
  });

  it("gives a checkout that git itself finds clean and sound", async () => {
    const url = await serve();
    await update(base, [url]);
    source.commit({ "a.sls": "a: two\n", "new.sls": "n: 1\n" });
    await update(base, [url]);
    const checkout = path.join(base, "tools/_");
    expect(git(checkout, "status", "--porcelain")).toBe("");
    expect(git(checkout, "rev-parse", "HEAD")).toBe(git(source.folder, "rev-parse", "HEAD"));
    expect(git(checkout, "fsck", "--no-dangling")).toBe("");
    expect(git(checkout, "rev-list", "--count", "HEAD")).toBe("1");
    expect(readdirSync(path.join(base, ".winrepo"))).toEqual([]);
    expect(readFileSync(path.join(base, "remote_map.txt"), "utf8")).toContain(`tools = ${url}\n`);
  });

  it("is taken at a branch, a tag, the fallback or a commit", async () => {
    const url = await serve();
    const first = git(source.folder, "rev-parse", "HEAD");
    git(source.folder, "tag", "-a", "v1", "-m", "one");
    source.commit({ "a.sls": "a: two\n" });
    git(source.folder, "branch", "side");
    const last = source.commit({ "a.sls": "a: three\n" });
    const at = async (ref: string, options = {}) =>
      (await updateOne(path.join(folder, ref.replace("/", "-")), [`${ref} ${url}`], options)).to;
    expect(await at("v1")).toBe(first);
    expect(await at("side")).toBe(git(source.folder, "rev-parse", "side"));
    expect(await at("missing", { fallback: "master" })).toBe(last);
    expect(await at(first)).toBe(first);
    expect(await at(first.slice(0, 9))).toBe(first);
  });

  it("is taken though its HEAD names a branch that is not there", async () => {
    const url = await serve();
    const first = git(source.folder, "rev-parse", "HEAD");
    source.commit({ "a.sls": "a: two\n" });
    git(source.folder, "symbolic-ref", "HEAD", "refs/heads/nothing");
    expect(await updateOne(base, [url])).toMatchObject({ status: "cloned" });
    expect(await updateOne(base, [`${first.slice(0, 9)} ${url}`])).toMatchObject({ status: "updated", to: first });
    expect(git(path.join(base, "tools/_"), "fsck", "--no-dangling")).toBe("");
  });

  it("can be fetched by git itself afterwards, also when a fetch was cut off", async () => {
    const url = await serve();
    await updateOne(base, [url]);
    source.commit({ "a.sls": "a: two\n" });
    const checkout = path.join(base, "tools/_");
    // As a kill between the parts of a fetch leaves it: commits without parents that are not there.
    writeFileSync(path.join(checkout, ".git/shallow"), `${git(source.folder, "rev-parse", "HEAD")}\n`, { flag: "a" });
    git(checkout, "fsck", "--no-dangling");
    git(checkout, "fetch", "--quiet", "--dry-run", source.folder);
    expect(await updateOne(base, [url])).toMatchObject({ status: "updated" });
    expect(git(checkout, "fsck", "--no-dangling")).toBe("");
    git(checkout, "fetch", "--quiet", source.folder);
  });

  it("goes from one branch to another and back", async () => {
    const url = await serve();
    git(source.folder, "checkout", "--quiet", "-b", "side");
    source.commit({ "a.sls": "a: side\n", "side.sls": "s: 1\n" });
    for (const [ref, content] of [
      ["master", "a: one\n"],
      ["side", "a: side\n"],
      ["master", "a: one\n"],
    ]) {
      await updateOne(base, [`${ref} ${url}`]);
      expect(checkedOut("a.sls")).toBe(content);
    }
    expect(existsSync(path.join(base, "tools/_/side.sls"))).toBe(false);
  });

  it("names the branches there are when the wanted one is missing", async () => {
    const url = await serve();
    git(source.folder, "branch", "-m", "main");
    const report = await updateOne(base, [url]);
    expect(report).toMatchObject({ status: "failed" });
    expect(report.reason).toContain("no branch or tag 'master'; its branches are main. Write `main URL`");
  });

  it("looks at the refs that refspecs name", async () => {
    const url = await serve();
    const commit = source.commit({ "a.sls": "a: request\n" });
    git(source.folder, "update-ref", "refs/pull/7/head", commit);
    git(source.folder, "reset", "--quiet", "--hard", "HEAD~1");
    const entry = { [`pr/7 ${url}`]: [{ refspecs: ["+refs/pull/*/head:refs/remotes/origin/pr/*"] }] };
    expect(await updateOne(base, [entry])).toMatchObject({ status: "cloned", to: commit });
  });

  it("does not stop the others when it fails", async () => {
    const url = await serve();
    const report = await update(base, [`${url.replace("tools", "nothing")}`, url]);
    expect(report.remotes.map(({ status }) => status)).toEqual(["failed", "cloned"]);
    expect(report.remotes[0]?.reason).toContain("404");
    expect(Object.keys(report.salt)).toEqual([url]);
  });

  it("is followed to where it was moved", async () => {
    const url = await serve();
    const moved = await serve({ redirect: { from: "/old.git", to: url } });
    const report = await updateOne(base, [{ [moved.replace("tools.git", "old.git")]: [{ name: "tools" }] }]);
    expect(report).toMatchObject({ status: "cloned" });
  });

  it("is reached through the proxy that the environment names", async () => {
    const url = await serve();
    const seen: string[] = [];
    const proxy = http.createServer((request, response) => {
      seen.push(request.url ?? "");
      const { method, headers } = request;
      const onward = http.request(request.url ?? "", { method, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      });
      request.pipe(onward);
    });
    await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
    process.env.http_proxy = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    try {
      expect(await updateOne(base, [url])).toMatchObject({ status: "cloned" });
    } finally {
      delete process.env.http_proxy;
      proxy.closeAllConnections();
      proxy.close();
    }
    expect(seen).toEqual([`${url}/info/refs?service=git-upload-pack`, `${url}/git-upload-pack`]);
  });

  it("can be cancelled, and leaves nothing half done", async () => {
    const url = await serve({ delay: 2_000 });
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 200);
    await expect(update(base, [url], { signal: abort.signal })).rejects.toThrow("aborted");
    expect(readdirSync(path.join(base, ".winrepo"))).toEqual([]);
    expect(existsSync(path.join(base, "tools"))).toBe(false);
  });
});

describe("a remote that wants a password", () => {
  const login = { user: "me", password: "s3cret" };

  it("gets it over http only when that is allowed", async () => {
    const url = await serve({ login });
    const allowed = { [url]: [{ user: "me" }, { password: "s3cret" }, { insecure_auth: true }] };
    expect(await updateOne(base, [allowed])).toMatchObject({ status: "cloned" });
    const refused = await update(base, [{ [url]: [{ user: "me" }, { password: "s3cret" }] }]);
    expect(refused.remotes).toEqual([]);
    expect(refused.refused[0]?.message).toContain("unencrypted");
    expect(servers[0]?.requests.some(({ authorized }) => authorized)).toBe(true);
  });

  it("asks for it when the configuration has none", async () => {
    const url = await serve({ login });
    const asked: string[] = [];
    const askCredentials = async (remote: { url: string }) => {
      asked.push(remote.url);
      return login;
    };
    expect(await updateOne(base, [url], { insecureAuth: true, askCredentials })).toMatchObject({ status: "cloned" });
    expect(asked).toEqual([url]);
  });

  it("is reported without the password when that is wrong", async () => {
    const url = await serve({ login });
    const wrong = { [url]: [{ user: "me" }, { password: "wrong-one" }, { insecure_auth: true }] };
    const report = await updateOne(base, [wrong]);
    expect(report.reason).toContain("refuses the user name and password of 'me'");
    const inUrl = await update(base, [url.replace("//", "//me:wrong-one@")], { insecureAuth: true });
    expect(JSON.stringify([report, inUrl])).not.toContain("wrong-one");
    expect(inUrl.remotes[0]?.status).toBe("failed");
  });
});

describe("a remote over https", () => {
  it("is trusted only when its certificate is, or when that is not asked for", async () => {
    const key = path.join(folder, "key.pem");
    const cert = path.join(folder, "cert.pem");
    const subject = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"];
    execFileSync(
      "openssl",
      ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", ...subject, "-keyout", key, "-out", cert],
      { stdio: "ignore", timeout: 30_000 },
    );
    const url = await serve({ tls: { key: readFileSync(key, "utf8"), cert: readFileSync(cert, "utf8") } });
    const refused = await updateOne(base, [url]);
    expect(refused.reason).toContain("certificate is not trusted");
    expect(await updateOne(base, [{ [url]: [{ ssl_verify: false }] }])).toMatchObject({ status: "cloned" });
  });
});

describe("local changes", () => {
  it("stay when the update does not touch the file", async () => {
    const url = await serve();
    await update(base, [url]);
    writeFileSync(path.join(base, "tools/_/a.sls"), "a: mine\n");
    writeFileSync(path.join(base, "tools/_/own.sls"), "own: 1\n");
    source.commit({ "sub/b.sls": "b: two\n" });
    expect(await updateOne(base, [url])).toMatchObject({ status: "updated", kept: ["a.sls"] });
    expect(checkedOut("a.sls")).toBe("a: mine\n");
    expect(checkedOut("own.sls")).toBe("own: 1\n");
    expect(checkedOut("sub/b.sls")).toBe("b: two\n");
    expect(git(path.join(base, "tools/_"), "status", "--porcelain")).toBe("M a.sls\n?? own.sls");
  });

  it("stop the update when it would overwrite them, of tracked files and of others", async () => {
    const url = await serve();
    await update(base, [url]);
    writeFileSync(path.join(base, "tools/_/a.sls"), "a: mine\n");
    writeFileSync(path.join(base, "tools/_/new.sls"), "new: mine\n");
    source.commit({ "a.sls": "a: two\n", "new.sls": "new: theirs\n", "sub/b.sls": "b: two\n" });
    const report = await updateOne(base, [url]);
    expect(report.reason).toContain("files that were changed here would be overwritten (a.sls, new.sls)");
    expect([checkedOut("a.sls"), checkedOut("new.sls"), checkedOut("sub/b.sls")]).toEqual([
      "a: mine\n",
      "new: mine\n",
      "b: one\n",
    ]);
  });

  it("are never cloned over", async () => {
    const url = await serve();
    mkdirSync(path.join(base, "tools/_"), { recursive: true });
    writeFileSync(path.join(base, "tools/_/own.sls"), "own: 1\n");
    expect((await updateOne(base, [url])).reason).toContain("holds files but is no git checkout");
    expect(checkedOut("own.sls")).toBe("own: 1\n");
  });
});

describe("names that collide", () => {
  it("are all named before anything is touched", async () => {
    const url = await serve();
    const other = `side ${url}`;
    await expect(update(base, [url, other, { [url]: [{ name: "else" }] }])).rejects.toThrow(
      `${url} and ${other} (${path.join(base, "tools")})`,
    );
    expect(existsSync(base)).toBe(false);
  });
});

describe("clean", () => {
  it("removes checkouts of remotes that are no more when told to, and nothing else", async () => {
    const url = await serve();
    await update(base, [{ [url]: [{ name: "stray" }] }]);
    for (const name of ["own/_/.git", "work", "hash", ".winrepo/targets/wine"])
      mkdirSync(path.join(base, name, "x"), { recursive: true });
    writeFileSync(path.join(base, "loose.sls"), "");
    const asked: string[][] = [];
    const answer = (yes: boolean) => ({
      confirmClean: async (folders: readonly string[]) => {
        asked.push([...folders]);
        return yes;
      },
    });
    expect((await update(base, [url], answer(false))).cleaned).toEqual([]);
    expect((await update(base, [url], answer(true))).cleaned).toEqual([path.join(base, "stray")]);
    expect(asked).toEqual([[path.join(base, "stray")], [path.join(base, "stray")]]);
    expect(readdirSync(base).sort()).toEqual([
      ".winrepo",
      "hash",
      "loose.sls",
      "own",
      "remote_map.txt",
      "tools",
      "work",
    ]);
    expect(existsSync(path.join(base, ".winrepo/targets/wine"))).toBe(true);
  });

  it("removes nothing while an entry of the configuration cannot be used", async () => {
    await update(base, [{ [await serve()]: [{ name: "stray" }] }]);
    const report = await update(base, ["git://example.com/tools.git"], { confirmClean: async () => true });
    expect(report.cleaned).toEqual([]);
    expect(report.refused[0]?.code).toBe("remote-url");
  });
});

describe("two runs at once", () => {
  it("exclude each other", async () => {
    const url = await serve({ delay: 300 });
    const first = update(base, [url]);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await expect(update(base, [url])).rejects.toThrow("Locked by process");
    expect((await first).remotes[0]?.status).toBe("cloned");
  });
});
