import { format } from "node:util";
import {
  type Connection,
  createConnection,
  IPCMessageReader,
  IPCMessageWriter,
  LSPErrorCodes,
  Message,
  type MessageReader,
  type MessageWriter,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import { visible } from "../../engine/visible.js";
import { MessageGuard } from "./message-guard.js";
import { outgoing } from "./outgoing.js";

/**
 * Talks to the editor that started this process, in the way that it says on the command line: `--node-ipc`, else
 * standard input and output.
 *
 * The library ends the process on `exit`, and when the process that the editor names (`processId` of `initialize`,
 * `--clientProcessId`) is gone. The end of its channel does the same here.
 */
export function connectToEditor(argv: readonly string[] = process.argv): Connection {
  const end = () => process.exit(guard.isShutDown ? 0 : 1);
  const { reader, writer } = argv.includes("--node-ipc") ? overIpc(end) : overStdio(end);
  const { write } = writer;
  writer.write = (message) => write.call(writer, outgoing(message));
  const guard: MessageGuard = new MessageGuard(
    (id, error) => void writer.write({ jsonrpc: "2.0", id, error: error.toJson() } as never),
    (message) => connection.console.warn(message),
  );
  const connection: Connection = createConnection(reader, writer, {
    messageStrategy: guard,
    connectionStrategy: {
      // A request that is cancelled before its turn is answered at once.
      cancelUndispatched: (message) => ({
        jsonrpc: "2.0",
        id: Message.isRequest(message) ? message.id : null,
        error: { code: LSPErrorCodes.RequestCancelled, message: "Cancelled." },
      }),
    },
  });
  return connection;
}

interface Channel {
  readonly reader: MessageReader;
  readonly writer: MessageWriter;
}

function overIpc(end: () => void): Channel {
  process.once("disconnect", end);
  return { reader: new IPCMessageReader(process), writer: new IPCMessageWriter(process) };
}

function overStdio(end: () => void): Channel {
  // Standard output belongs to the protocol: whatever a library prints goes the other way.
  console.log =
    console.info =
    console.debug =
    console.warn =
    console.error =
      (...values) => void process.stderr.write(visible(`${format(...values)}\n`));
  process.stdin.once("end", end).once("close", end);
  return { reader: new StreamMessageReader(process.stdin), writer: new StreamMessageWriter(process.stdout) };
}
