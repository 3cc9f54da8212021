import type { CompletionItem, Diagnostic, Hover } from "vscode-languageserver-types";
import type { ClientFeatures } from "../client-features.js";
import type { LanguageService } from "../language-service.js";
import { completion } from "./completion.js";
import { diagnostics } from "./diagnostics.js";
import type { ProjectFileDocument } from "./document.js";
import { hover } from "./hover.js";

/** The project file, `.winrepo.yaml`. */
export class ProjectFileService implements LanguageService {
  readonly #client: ClientFeatures;

  constructor(
    readonly document: ProjectFileDocument,
    client: ClientFeatures,
  ) {
    this.#client = client;
  }

  diagnostics(): Diagnostic[] {
    return diagnostics(this.document.project, this.#client, this.document.lines);
  }

  hover(offset: number): Hover | undefined {
    return hover(this.document, offset, this.#client);
  }

  completion(offset: number): CompletionItem[] {
    return completion(this.document, offset, this.#client);
  }
}
