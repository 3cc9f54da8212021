import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { cacheFolder } from "../cache-folder.mjs";
import { LspProcess, type StartOptions } from "../lsp/client.js";

export interface LspFigures {
  /** Start of the process to the first diagnostics, in milliseconds. */
  readonly coldStartMs: number;
  /** A key to the diagnostics of the text with it, in milliseconds. */
  readonly keystrokeP50Ms: number;
  readonly keystrokeP95Ms: number;
  /** The largest resident size of the process, in MB; undefined where the system does not tell. */
  readonly peakMb: number | undefined;
}

export interface LspBench {
  readonly file: string;
  /** 0-based: where the keys are typed. */
  readonly position: { readonly line: number; readonly character: number };
  readonly keystrokes?: number;
  readonly languageId?: string;
  readonly start?: StartOptions;
}

/** Opens a file in a fresh server and types digits into it, each when the answer to the one before has come. */
export async function benchLsp({ file, position, keystrokes = 40, languageId, start }: LspBench): Promise<LspFigures> {
  const text = readFileSync(file, "utf8");
  const uri = pathToFileURL(file).href;
  const started = performance.now();
  const server = await LspProcess.start(start);
  try {
    server.open(uri, text, languageId);
    await answer(server, uri);
    const coldStartMs = performance.now() - started;
    // The first keys warm the just-in-time compiler up, as the first seconds of typing do.
    const times: number[] = [];
    for (let key = 0; key < keystrokes + 5; key++) {
      const before = performance.now();
      const answered = answer(server, uri);
      const isOpen = key % 2 === 0;
      const end = { line: position.line, character: position.character + (isOpen ? 0 : 1) };
      void server.connection.sendNotification("textDocument/didChange", {
        textDocument: { uri, version: key + 2 },
        contentChanges: [{ range: { start: position, end }, text: isOpen ? "1" : "" }],
      });
      await answered;
      if (key >= 5) times.push(performance.now() - before);
    }
    times.sort((a, b) => a - b);
    const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
    return { coldStartMs, keystrokeP50Ms: at(0.5), keystrokeP95Ms: at(0.95), peakMb: peakMb(server.process.pid) };
  } finally {
    await server.stop();
  }
}

/** The next diagnostics. Servers that publish without a version are measured, too. */
function answer(server: LspProcess, uri: string): Promise<void> {
  return new Promise((resolve) => {
    const subscription = server.onPublished((params) => {
      if (params.uri !== uri) return;
      subscription.dispose();
      resolve();
    });
  });
}

function peakMb(pid: number | undefined): number | undefined {
  const file = `/proc/${pid}/status`;
  if (!existsSync(file)) return undefined;
  const kilobytes = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(file, "utf8"))?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
}

const yamlServerVersion = "1.25.0";

/** The command of yaml-language-server, which is installed into the cache folder when it is not there yet. */
export function yamlLanguageServer(): readonly [string, ...string[]] {
  const folder = path.join(cacheFolder(), `yaml-language-server-${yamlServerVersion}`);
  const entry = path.join(folder, "node_modules/yaml-language-server/bin/yaml-language-server");
  if (!existsSync(entry)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, "package.json"), '{ "private": true }\n');
    execFileSync("npm", ["install", "--no-audit", "--no-fund", `yaml-language-server@${yamlServerVersion}`], {
      cwd: folder,
      stdio: ["ignore", 2, 2],
      timeout: 300_000,
    });
  }
  return [process.execPath, entry, "--stdio"];
}
