import {
  ErrorCodes,
  Message,
  type MessageStrategy,
  type NotificationMessage,
  type RequestMessage,
  ResponseError,
} from "vscode-languageserver/node";
import { incomingShapes } from "./incoming-shapes.js";

/** Where a session stands, in LSP's order: `initialize` comes first and once, nothing but `exit` follows `shutdown`. */
type State = "new" | "initialized" | "shut down";

/** Answers a request with an error before any handler sees it. */
export type Refuse = (id: RequestMessage["id"], error: ResponseError<void>) => void;

/**
 * Stands between the wire and the handlers: what comes at the wrong time or has malformed parameters reaches none of
 * them. A request is answered with the error that the protocol names for it; a notification is dropped, and logged when
 * it is malformed.
 */
export class MessageGuard implements MessageStrategy {
  #state: State = "new";
  readonly #refuse: Refuse;
  readonly #log: (message: string) => void;

  constructor(refuse: Refuse, log: (message: string) => void) {
    this.#refuse = refuse;
    this.#log = log;
  }

  get isShutDown(): boolean {
    return this.#state === "shut down";
  }

  handleMessage(message: Message, next: (message: Message) => void): void {
    if (Message.isRequest(message)) {
      const error = this.#refusal(message);
      if (error) {
        this.#refuse(message.id, error);
        return;
      }
      if (message.method === "initialize") this.#state = "initialized";
      if (message.method === "shutdown") this.#state = "shut down";
    } else if (Message.isNotification(message) && !this.#takes(message)) return;
    next(message);
  }

  #refusal({ method, params }: RequestMessage): ResponseError<void> | undefined {
    if (this.#state === "shut down")
      return new ResponseError(ErrorCodes.InvalidRequest, `${method} came after shutdown.`);
    if (this.#state === "new" && method !== "initialize")
      return new ResponseError(ErrorCodes.ServerNotInitialized, `${method} came before initialize.`);
    if (this.#state === "initialized" && method === "initialize")
      return new ResponseError(ErrorCodes.InvalidRequest, "initialize came twice.");
    const wrong = incomingShapes.get(method)?.(params, "params");
    return wrong === undefined ? undefined : new ResponseError(ErrorCodes.InvalidParams, `${method}: ${wrong}.`);
  }

  #takes({ method, params }: NotificationMessage): boolean {
    if (method === "exit") return true;
    if (this.#state !== "initialized") return false;
    const wrong = incomingShapes.get(method)?.(params, "params");
    if (wrong !== undefined) this.#log(`${method} is ignored: ${wrong}.`);
    return wrong === undefined;
  }
}
