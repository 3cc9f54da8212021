import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { codeServer } from "../components/code-server.mjs";

const startLimitMs = 300_000;

/** What makes pictures and tests the same everywhere. */
const userSettings = {
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.colorTheme": "Default Dark Modern",
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "extensions.autoCheckUpdates": false,
  "extensions.ignoreRecommendations": true,
  "chat.disableAIFeatures": true,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "chat.commandCenter.enabled": false,
  "files.autoSave": "off",
  "editor.minimap.enabled": false,
  "editor.accessibilitySupport": "off",
  "window.commandCenter": false,
  "security.workspace.trust.startupPrompt": "never",
  "security.workspace.trust.banner": "never",
};

export interface CodeServerOptions {
  readonly vsix: string;
  readonly settings?: object;
  /** Ask whether the folder is trusted; without it every folder is. */
  readonly workspaceTrust?: boolean;
}

/** A real VS Code with the extension installed, for a browser. Has folders of its own and leaves nothing behind. */
export class CodeServer {
  readonly #process: ChildProcess;
  readonly #home: string;

  private constructor(
    readonly url: string,
    process: ChildProcess,
    home: string,
  ) {
    this.#process = process;
    this.#home = home;
  }

  static async start(options: CodeServerOptions): Promise<CodeServer> {
    const installed = codeServer();
    if (!installed) throw new Error("code-server is not installed: npm run test:components");
    const { node, entry } = installed;
    const home = await mkdtemp(path.join(os.tmpdir(), "winrepo-editor-"));
    const data = path.join(home, "data");
    const extensions = path.join(home, "extensions");
    await mkdir(path.join(data, "User"), { recursive: true });
    await writeFile(path.join(data, "User/settings.json"), JSON.stringify({ ...userSettings, ...options.settings }));
    const folders = ["--user-data-dir", data, "--extensions-dir", extensions];
    const env = { ...process.env, HOME: home };
    await promisify(execFile)(node, [entry, "--install-extension", options.vsix, ...folders], {
      env,
      timeout: startLimitMs,
    });
    const flags = ["--auth", "none", "--bind-addr", "127.0.0.1:0", "--disable-telemetry", "--disable-update-check"];
    if (!options.workspaceTrust) flags.push("--disable-workspace-trust");
    const child = spawn(node, [entry, ...flags, "--disable-getting-started-override", ...folders], {
      env,
      stdio: ["ignore", "pipe", "pipe"],
      // A group of its own: the editor's helpers end with it.
      detached: true,
    });
    try {
      return new CodeServer(await addressOf(child), child, home);
    } catch (error) {
      end(child);
      throw error;
    }
  }

  async stop(): Promise<void> {
    const gone = new Promise((resolve) => this.#process.once("exit", resolve));
    end(this.#process);
    await gone;
    await rm(this.#home, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Waits for the line that names the address. */
function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = "";
    const timer = setTimeout(() => reject(new Error(`code-server did not start:\n${output}`)), startLimitMs);
    const read = (chunk: Buffer) => {
      output += chunk;
      const address = /HTTP server listening on (http:\S+?)\/?\s/.exec(output)?.[1];
      if (!address) return;
      clearTimeout(timer);
      resolve(address);
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
    child.once("exit", (code) => reject(new Error(`code-server ended with ${code}:\n${output}`)));
  });
}

function end(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null) return;
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    child.kill("SIGKILL");
  }
}
