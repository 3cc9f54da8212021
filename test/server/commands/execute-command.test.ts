import { PassThrough } from "node:stream";
import { afterEach, describe, expect, it } from "vitest";
import {
  createConnection,
  createProtocolConnection,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import { builtinProfiles } from "../../../engine/config/builtin-profiles.js";
import { defaultProject } from "../../../engine/config/project.js";
import type { ActionRun, Actions } from "../../../server/commands/actions.js";
import { handleCommands } from "../../../server/commands/execute-command.js";
import { type CommandOutcome, serverCommands } from "../../../server/protocol.js";

const outcome: CommandOutcome = { ok: true, summary: "done", report: "", result: {}, corrections: [] };
const target = { target: "simulated" };

let dispose: (() => void)[] = [];
afterEach(() => {
  for (const end of dispose) end();
  dispose = [];
});

/** An editor that talks to a server with these actions; `calls` names what was really done. */
async function editorWith(
  work: (run: ActionRun) => Promise<CommandOutcome>,
  isTrusted = () => true,
): Promise<{ editor: ProtocolConnection; calls: string[]; progress: unknown[] }> {
  const calls: string[] = [];
  const act = (name: string) => (_: unknown, __: unknown, run: ActionRun) => {
    calls.push(name);
    return work(run);
  };
  const actions: Actions = {
    packages: async () => [{ name: "tool", versions: ["1"], fullName: "Tool" }],
    refresh: act("refresh"),
    install: act("install"),
    remove: act("remove"),
    list: act("list"),
  };
  const [up, down] = [new PassThrough(), new PassThrough()];
  const server = createConnection(new StreamMessageReader(up), new StreamMessageWriter(down));
  handleCommands(server, {
    actions: async () => actions,
    project: () => ({ config: defaultProject("/repo"), profile: builtinProfiles[0]! }),
    isTrusted,
  });
  server.listen();
  const editor = createProtocolConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
  const progress: unknown[] = [];
  editor.onRequest("window/workDoneProgress/create", () => null);
  editor.onNotification("$/progress", ({ value }: { value: unknown }) => void progress.push(value));
  editor.listen();
  await editor.sendRequest("initialize", { capabilities: { window: { workDoneProgress: true } } });
  dispose.push(
    () => editor.dispose(),
    () => server.dispose(),
  );
  return { editor, calls, progress };
}

const execute = (editor: ProtocolConnection, command: string, argument: unknown) =>
  editor.sendRequest<CommandOutcome>("workspace/executeCommand", { command, arguments: [argument] });

describe("commands that act", () => {
  it("answers with the outcome, and shows progress from beginning to end", async () => {
    const { editor, progress } = await editorWith(async ({ progress }) => {
      progress.report({ message: "a.sls", done: 1, total: 4 });
      return outcome;
    });
    expect(await execute(editor, serverCommands.refresh, target)).toEqual(outcome);
    expect(progress).toMatchObject([
      { kind: "begin", title: "Refreshing the database of simulated", cancellable: true },
      { kind: "report", percentage: 25, message: "a.sls" },
      { kind: "end" },
    ]);
  });

  it("stops when the person cancels the progress", async () => {
    const { editor } = await editorWith(
      ({ signal }) => new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
    );
    editor.onNotification("$/progress", ({ token, value }: { token: string; value: { kind: string } }) => {
      if (value.kind === "begin") void editor.sendNotification("window/workDoneProgress/cancel", { token });
    });
    await expect(execute(editor, serverCommands.refresh, target)).rejects.toThrow("Cancelled");
  });

  it.each([
    [serverCommands.install, { target: "simulated", name: "tool" }, "version"],
    [serverCommands.install, { name: "tool", version: "1" }, "target"],
    [serverCommands.remove, { target: "simulated", version: "1" }, "name"],
    [serverCommands.refresh, undefined, "target"],
    [serverCommands.refresh, { target: 5 }, "target"],
  ])("%s with %j does nothing: the %s is missing", async (command, argument, missing) => {
    const { editor, calls } = await editorWith(async () => outcome);
    await expect(execute(editor, command, argument)).rejects.toThrow(`needs the ${missing} by name`);
    expect(calls).toEqual([]);
  });

  it("does nothing in a workspace that is not trusted, until it is", async () => {
    let trusted = false;
    const { editor, calls } = await editorWith(
      async () => outcome,
      () => trusted,
    );
    await expect(execute(editor, serverCommands.refresh, target)).rejects.toThrow("do not trust");
    expect(await editor.sendRequest("winrepo/packages", target)).toEqual([]);
    expect(calls).toEqual([]);
    trusted = true;
    await execute(editor, serverCommands.refresh, target);
    expect(calls).toEqual(["refresh"]);
  });

  it("answers with what went wrong, in words", async () => {
    const { editor } = await editorWith(async () => {
      throw new Error("the machine cannot be reached");
    });
    expect(await execute(editor, serverCommands.list, target)).toMatchObject({
      ok: false,
      summary: "the machine cannot be reached",
    });
  });
});
