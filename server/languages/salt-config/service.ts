import type { CodeAction, CompletionItem, Diagnostic, Hover } from "vscode-languageserver-types";
import type { ClientFeatures } from "../client-features.js";
import type { CodeActionRequest, LanguageService } from "../language-service.js";
import { codeActions } from "./code-actions.js";
import { completion } from "./completion.js";
import { diagnostics } from "./diagnostics.js";
import type { SaltConfigDocument } from "./document.js";
import { hover } from "./hover.js";

/** The winrepo options in the configuration of Salt's master or minion. */
export class SaltConfigService implements LanguageService {
  readonly #client: ClientFeatures;

  constructor(
    readonly document: SaltConfigDocument,
    client: ClientFeatures,
  ) {
    this.#client = client;
  }

  diagnostics(): Diagnostic[] {
    return diagnostics(this.document, this.#client);
  }

  hover(offset: number): Hover | undefined {
    return hover(this.document, offset, this.#client);
  }

  completion(offset: number): CompletionItem[] {
    return completion(this.document, offset, this.#client);
  }

  codeActions(request: CodeActionRequest): CodeAction[] {
    return codeActions(this.document, request, this.#client);
  }
}
