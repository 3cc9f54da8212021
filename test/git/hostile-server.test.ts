import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { checkout } from "../../engine/git/checkout.js";
import { gitLimits } from "../../engine/git/limits.js";
import { storePack } from "../../engine/git/pack-store.js";
import { Repository } from "../../engine/git/repository.js";
import { update, updateOne } from "../git-servers/source-repository.js";
import { blob, commit, makePack, oidOf, type PackedObject, tree } from "./make-pack.js";
import { type PackServer, type PackServerPlan, servePack } from "./pack-server.js";

let base: string;
let plan: PackServerPlan;
let server: PackServer;

beforeEach(async () => {
  base = mkdtempSync(path.join(tmpdir(), "winrepo-hostile-git-"));
  server = await servePack(() => plan);
});
afterEach(() => {
  server.close();
  rmSync(base, { recursive: true, force: true });
});

function serve(objects: readonly PackedObject[], more: Partial<PackServerPlan> = {}): void {
  const head = oidOf(objects.find(({ type }) => type === "commit")!);
  plan = {
    refs: [
      ["HEAD", head],
      ["refs/heads/master", head],
    ],
    pack: makePack(objects),
    ...more,
  };
}

const file = blob("a: one\n");
const folder = tree([["a.sls", file]]);
const good = [commit(folder), folder, file];
const checkedOut = () => readFileSync(path.join(base, "tools/_/a.sls"), "utf8");

/** Each folder holds the one below it `width` times. */
function nested(levels: number, width: number): PackedObject[] {
  const folders = [folder];
  for (let level = 1; level < levels; level++) {
    folders.push(tree(Array.from({ length: width }, (_, at) => [`d${at}`, folders.at(-1)!])));
  }
  return [commit(folders.at(-1)!), ...folders, file];
}

describe("a repository that stands for more than it is", () => {
  it.each<[string, PackedObject[], RegExp]>([
    ["10^12 files", nested(13, 10), /Winrepo stopped: the commit has more than 100000 files/],
    ["folders without end", nested(300, 1), /Winrepo stopped: the commit has more than 100 folders in each other/],
    ["a file of 101 MB", [commit(folder), folder, blob(Buffer.alloc(101 * 1024 ** 2))], /Winrepo stopped: .*object of/],
  ])("of %s is reported, and nothing is checked out", async (_, objects, message) => {
    serve(objects);
    const report = await updateOne(base, [server.url]);
    expect(report.status).toBe("failed");
    expect(report.reason).toMatch(message);
    expect(existsSync(path.join(base, "tools"))).toBe(false);
    expect(readdirSync(path.join(base, ".winrepo"))).toEqual([]);
  });

  it("can be left at any time", async () => {
    serve(nested(13, 10));
    const abort = new AbortController();
    const progress = { report: ({ message }: { message: string }) => void (message.includes("receiving") && later()) };
    const later = () => setImmediate(() => abort.abort(new Error("the user had enough")));
    await expect(update(base, [server.url], { signal: abort.signal, progress })).rejects.toThrow("had enough");
  });

  it("is not written thousands of times over", async () => {
    const repository = await Repository.create(path.join(base, "r"), server.url, { ...gitLimits, totalBytes: 1000 });
    const page = blob("x".repeat(300));
    const root = tree(Array.from({ length: 10 }, (_, at) => [`${at}.sls`, page]));
    const pack = path.join(await repository.temporaryFolder(), "fetched.pack");
    writeFileSync(pack, makePack([commit(root), root, page]));
    await storePack(repository, pack, { shallow: [], unshallow: [] });
    await expect(checkout(repository, oidOf(commit(root)))).rejects.toThrow(/Winrepo stopped: its files have more/);
  });

  it("does not stop the others", async () => {
    serve(nested(13, 10));
    const fine = await servePack(() => ({ refs: [["refs/heads/master", oidOf(good[0]!)]], pack: makePack(good) }));
    const { remotes } = await update(base, [server.url, { [fine.url]: [{ name: "fine" }] }]);
    fine.close();
    expect(remotes.map(({ status }) => status)).toEqual(["failed", "cloned"]);
  });
});

describe("a server", () => {
  it("whose HEAD names a branch that is not there has the others all the same", async () => {
    const id = oidOf(good[0]!);
    serve(good, { refs: [["refs/heads/master", id]] });
    expect(await updateOne(base, [server.url])).toMatchObject({ status: "cloned", to: id });
    rmSync(path.join(base, "tools"), { recursive: true });
    expect(await updateOne(base, [`${id.slice(0, 9)} ${server.url}`])).toMatchObject({ status: "cloned", to: id });
    expect(await updateOne(base, [`nothing ${server.url}`])).toMatchObject({ status: "failed" });
  });

  it("that lists refs without end is left", async () => {
    serve(good, { endlessRefs: true });
    expect((await updateOne(base, [server.url])).reason).toMatch(/Winrepo stopped: the server sends more than 32 MB/);
  });

  it("that sends without end is left", async () => {
    const noise = randomBytes(3 * 1024 ** 2);
    serve([...good, blob(noise)]);
    const report = await updateOne(base, [server.url], { limits: { packBytes: 1024 ** 2 } });
    expect(report.reason).toMatch(/Winrepo stopped: the server sends more than 1 MB/);
    expect(readdirSync(path.join(base, ".winrepo"))).toEqual([]);
  });

  it.each([1, 10, 60, 150, 230])(
    "that breaks off after %i bytes leaves nothing that names what is not there",
    async (breakAfter) => {
      serve(good);
      await updateOne(base, [server.url]);
      const page = blob("a: two\n");
      const root = tree([["a.sls", page]]);
      serve([commit(root), root, page], { breakAfter });
      const before = inGit();
      expect((await updateOne(base, [server.url])).status).toBe("failed");
      expect(inGit()).toEqual(before);
      expect(checkedOut()).toBe("a: one\n");
      serve([commit(root), root, page]);
      expect((await updateOne(base, [server.url])).status).toBe("updated");
      expect(checkedOut()).toBe("a: two\n");
    },
  );

  it("that refuses is quoted without what it does to a terminal", async () => {
    serve(good, { error: "\x1b]0;owned\x07no such thing\n" });
    expect((await updateOne(base, [server.url])).reason).toBe("the server says: ]0;owned no such thing");
  });
});

it("what an earlier fetch left dangling is mended", async () => {
  serve(good);
  await updateOne(base, [server.url]);
  const gone = "1".repeat(40);
  const refs = path.join(base, "tools/_/.git/refs/remotes/origin");
  mkdirSync(refs, { recursive: true });
  writeFileSync(path.join(refs, "lost"), `${gone}\n`);
  writeFileSync(path.join(refs, "kept"), `${oidOf(good[0]!)}\n`);
  const shallow = path.join(base, "tools/_/.git/shallow");
  writeFileSync(shallow, `${gone}\n${readFileSync(shallow, "utf8")}`);
  expect((await updateOne(base, [server.url])).status).toBe("unchanged");
  expect(readdirSync(refs)).toEqual(["kept"]);
  expect(readFileSync(shallow, "utf8")).toBe(`${oidOf(good[0]!)}\n`);
});

/** All files of the repository, with the content of those that name objects. */
function inGit(): string[] {
  const root = path.join(base, "tools/_/.git");
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .map((name) => (/shallow|refs|HEAD/.test(name) ? `${name} ${readFileSync(name, "utf8")}` : name))
    .sort();
}
