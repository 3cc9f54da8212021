import { readdirSync, readFileSync } from "node:fs";
import http from "node:http";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runCli } from "../../engine/cli/program.js";
import { inProcessHost } from "../../engine/repo/disk-file-server.js";
import { temporaryFolder } from "../repo/folder.js";

/** In every secret that is planted here, and nowhere else. */
const planted = "hunter2";
const msi = readFileSync(path.resolve(import.meta.dirname, "../../examples/installers/hello-1.0.0.msi"));

const folder = temporaryFolder();
let server: http.Server;
let asked: { url?: string | undefined; authorization?: string | undefined }[];
let address: string;

beforeEach(async () => {
  asked = [];
  server = http.createServer(({ url, headers: { authorization } }, response) => {
    asked.push({ url, authorization });
    if (url?.includes("missing")) response.writeHead(404);
    response.end(msi);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  address = `127.0.0.1:${(server.address() as { port: number }).port}`;
  folder.write({
    ".winrepo.yaml": project,
    "hello.sls": definition(),
    "broken token=NAME-hunter2.sls": "a:\n  b: [\n",
  });
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const project = `\
profiles:
  - name: ours
    extends: windows-amd64
    pillar: {app: {db_password: PILLAR-hunter2}, unlock: {secrets: [LIST-hunter2]}}
    environment: {DEPLOY_TOKEN: ENVIRONMENT-hunter2}
salt:
  winrepo_remotes_ng:
    - https://git:REMOTE-hunter2@127.0.0.1:1/definitions.git
    - https://127.0.0.1:1/others.git:
        - user: git
        - password: PARAMETER-hunter2
  winrepo_password: OPTION-hunter2
`;

const flags = [
  '/qn PASSWORD=FLAG-hunter2 PIDKEY=FLAG-hunter2 ACCOUNTPASSWORD="FLAG hunter2"',
  "X={{ pillar.get('app', {}).get('db_password') }} Y={{ pillar.get('unlock', {}).get('secrets') }}",
].join(" ");

const version = (name: string, file: string, more = "") => `\
  '${name}':
    full_name: Hello (x64)
    installer: http://user:ADDRESS-hunter2@${address}/${file}?token=QUERY-hunter2#access_token=FRAGMENT-hunter2
    install_flags: "${flags.replaceAll('"', '\\"')}${more}"
    msiexec: true
    uninstaller: '{6F1D3C0A-9B52-4E0D-8A44-2C5E7B910100}'
    uninstall_flags: "/qn PASSWORD=FLAG-hunter2"
`;
const definition = () => `\
{% set api_key = "SOURCE-hunter2" %}
hello:
${version("1.0.0", "hello-1.0.0.msi")}${version("2.0.0", "missing.msi", " --token FLAG-hunter2 -p:FLAG-hunter2")}\
    source_hash: http://user:HASH-hunter2@${address}/sum?token=HASH-hunter2
    description: "\\e]0;title\\a ::error::x ghp_hunter2hunter2hunter2hunter2"
    surplus: {password: KEY-hunter2}
`;

async function winrepo(...args: string[]) {
  let output = "";
  const write = (text: string) => (output += text);
  const status = await runCli(args, {
    stdout: { write },
    stderr: { write, isTTY: true },
    cwd: folder.root,
    env: {
      XDG_CACHE_HOME: path.join(folder.root, "cache"),
      XDG_STATE_HOME: path.join(folder.root, "state"),
      WINREPO_PASSPHRASE: "SHELL-hunter2",
    },
    color: false,
    signal: new AbortController().signal,
    renderHost: inProcessHost,
  });
  return { status, output };
}

/** The lines that hold a secret, or what a terminal or a CI service would obey. */
function leaks(text: string): string[] {
  const lines = text.split(/\n|(?<=\r)/);
  return lines.filter(
    (line) => line.includes(planted) || /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]|^\s*::error::x/.test(line),
  );
}

describe("no secret comes out of", () => {
  it.each([
    ...["text", "json", "sarif", "github"].map((format) => ["lint", "--hints", "--format", format]),
    ...["jinja", "yaml", "repo"].flatMap((stage) => [
      ["render", ".", "--stage", stage],
      ["render", ".", "--stage", stage, "--json"],
    ]),
    ["genrepo", "--verbose"],
    ["genrepo", "--json", "--verbose"],
    ["genrepo", "--legacy"],
    ["refresh-db", "--verbose"],
    ["refresh-db", "--json", "--verbose"],
    ["config"],
    ["config", "--json"],
    ["config", "--role", "master", "--json"],
    ["update-git-repos"],
    ["update-git-repos", "--json"],
    ["list-available", "hello"],
    ["list-repo-pkgs", "--json"],
    ["get-package-info", "hello"],
    ["get-package-info", "hello", "--json"],
    ["show-sls", "hello"],
    ["show-sls", "hello", "--json"],
    ["show-sls", "broken token=NAME-hunter2"],
    ["target", "list", "--json"],
    ["try", "hello=1.0.0"],
    ["try", "hello=1.0.0", "--json"],
    ["install", "hello=2.0.0"],
    ["install", "hello=2.0.0", "--json"],
    ["install", "hello=1.0.0", "--dry-run"],
    ["install", "hello=1.0.0", "--flags", "LICENSE_KEY=ARGUMENT-hunter2", "--json"],
    ["lint", "token=ARGUMENT-hunter2.sls"],
    ["no-such-command", "--token", "ARGUMENT-hunter2"],
    ["install", "hello", "--token=ARGUMENT-hunter2"],
  ])("winrepo %s %s %s %s %s", async (...args) => {
    const { output } = await winrepo(...args.filter((each) => each !== undefined));
    expect(output).not.toBe("");
    expect(leaks(output)).toEqual([]);
  });

  it("logs, reports, catalogues and release lists; and the machine gets what the definition says", async () => {
    const install = await winrepo("install", "hello=1.0.0", "--report", "report.html");
    expect(install.status, install.output).toBe(0);
    expect(asked[0]).toEqual({
      url: "/hello-1.0.0.msi?token=QUERY-hunter2",
      authorization: `Basic ${Buffer.from("user:ADDRESS-hunter2").toString("base64")}`,
    });
    const remove = await winrepo("remove", "hello");
    const database = await winrepo("genrepo", "--out", "winrepo.p", "--no-failhard");
    expect(readFileSync(path.join(folder.root, "winrepo.p"), "latin1")).toContain("PASSWORD=FLAG-hunter2");
    const outputs = [install, remove, database, await winrepo("export", "--html", "catalogue.html", "--title", "x")];
    outputs.push(await winrepo("db", "show", "winrepo.p", "hello"), await winrepo("db", "show", "winrepo.p", "--json"));
    outputs.push(await winrepo("db", "diff", "winrepo.p"), await winrepo("export", "--releases", "releases"));
    for (const { output } of outputs) expect(leaks(output)).toEqual([]);
    const files = readdirSync(folder.root, { recursive: true, encoding: "utf8" });
    const written = files.filter((file) => /(?:log\.jsonl|\.html|releases\/.*\.json)$/.test(file));
    expect(written.map((file) => path.basename(file)).sort()).toEqual(
      expect.arrayContaining(["catalogue.html", "hello.json", "log.jsonl", "report.html"]),
    );
    for (const file of written) expect(leaks(readFileSync(path.join(folder.root, file), "utf8")), file).toEqual([]);
  });
});
