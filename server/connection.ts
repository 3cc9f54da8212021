import {
  createMessageConnection,
  IPCMessageReader,
  IPCMessageWriter,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-jsonrpc/node";

const parentCheckMs = 3000;

/** Talks to the editor that started this process, in the way that it says on the command line. */
export function connectToEditor(argv: readonly string[] = process.argv): MessageConnection {
  if (argv.includes("--node-ipc"))
    return createMessageConnection(new IPCMessageReader(process), new IPCMessageWriter(process));
  // Standard output belongs to the protocol: whatever a library prints goes the other way.
  console.log = console.info = console.error;
  return createMessageConnection(new StreamMessageReader(process.stdin), new StreamMessageWriter(process.stdout));
}

/**
 * Ends the process when the editor says so or has gone: with 0 after a `shutdown`, else with 1.
 * @param dispose called once, at the `shutdown`
 */
export function endWithEditor(connection: MessageConnection, dispose: () => void): (editor: number | null) => void {
  let isShutDown = false;
  const end = () => process.exit(isShutDown ? 0 : 1);
  connection.onRequest("shutdown", () => {
    if (!isShutDown) dispose();
    isShutDown = true;
    return null;
  });
  connection.onNotification("exit", end);
  connection.onClose(end);
  process.stdin.once("end", end);
  process.once("disconnect", end);
  return (editor) => {
    if (editor !== null) setInterval(() => isAlive(editor) || end(), parentCheckMs).unref();
  };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It is there, and another user's.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
