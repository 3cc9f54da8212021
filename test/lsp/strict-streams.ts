import {
  Message,
  type MessageReader,
  type MessageWriter,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node";
import { metaModel } from "./meta-model.js";

/** Both directions of a client's connection; everything that the server sends is checked against the protocol. */
export interface StrictStreams {
  readonly reader: MessageReader;
  readonly writer: MessageWriter;
  /** What was wrong with the server's messages so far. */
  readonly violations: readonly string[];
}

/** Requests and notifications of these names are not LSP's. */
const ours = /^winrepo\//;

export function strictStreams(fromServer: NodeJS.ReadableStream, toServer: NodeJS.WritableStream): StrictStreams {
  const violations: string[] = [];
  const asked = new Map<number | string | null, string>();

  class Reader extends StreamMessageReader {
    override listen(callback: (message: Message) => void): ReturnType<StreamMessageReader["listen"]> {
      return super.listen((message) => {
        violations.push(...check(message));
        callback(message);
      });
    }
  }
  class Writer extends StreamMessageWriter {
    override write(message: Message): Promise<void> {
      if (Message.isRequest(message)) asked.set(message.id, message.method);
      return super.write(message);
    }
  }

  function check(message: Message): string[] {
    if (message.jsonrpc !== "2.0") return ["a message is not of JSON-RPC 2.0"];
    if (Message.isRequest(message)) return metaModel?.request(message.method, message.params) ?? [];
    if (Message.isNotification(message))
      return ours.test(message.method) ? [] : (metaModel?.notification(message.method, message.params) ?? []);
    if (!Message.isResponse(message)) return ["a message is neither request, response nor notification"];
    const method = message.id === null ? undefined : asked.get(message.id);
    if (method === undefined) return message.error ? [] : [`an answer to nothing: ${message.id}`];
    asked.delete(message.id);
    if (message.error)
      return "result" in message ? [`${method} has both result and error`] : errorOf(method, message.error);
    return ours.test(method) ? [] : (metaModel?.result(method, message.result) ?? []);
  }

  return { reader: new Reader(fromServer), writer: new Writer(toServer), violations };
}

function errorOf(method: string, { code, message }: { code: number; message: string }): string[] {
  return Number.isInteger(code) && message !== "" ? [] : [`the error of ${method} has no code or no message`];
}
