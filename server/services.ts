import type { ClientFeatures } from "./languages/client-features.js";
import { type DefinitionFacts, DefinitionService } from "./languages/definition/service.js";
import type { LanguageService } from "./languages/language-service.js";
import { type MacroFacts, MacroService } from "./languages/macro/service.js";
import { ProjectFileService } from "./languages/project-file/service.js";
import { SaltConfigService } from "./languages/salt-config/service.js";
import type { Session } from "./session.js";
import type { SelectionState } from "./workspace/selection.js";

/** The language services of the open documents, each bound to the document's present version. */
export class LanguageServices {
  readonly #session: Session;
  readonly #client: ClientFeatures;
  readonly #facts: DefinitionFacts;
  readonly #macroFacts: MacroFacts;

  constructor(session: Session, selection: SelectionState, client: ClientFeatures) {
    this.#session = session;
    this.#client = client;
    const projectOf = ({ uri }: { readonly uri: string }) => session.projects.forUri(uri);
    this.#facts = {
      profiles: (document) => projectOf(document).profiles,
      renderings: (document) => projectOf(document).profiles.map((profile) => session.rendering(document, profile)),
      selectedRendering: (document) => {
        const profile = selection.profileOf(projectOf(document), undefined);
        return profile && session.rendering(document, profile);
      },
      findings: (document, token) => session.checker.whenChecked(document, token),
      lookup: (document) => session.lookup(projectOf(document)),
      templates: session.templates,
    };
    this.#macroFacts = { profiles: (document) => projectOf(document).profiles, templates: session.templates };
  }

  /** Undefined for a text that is of none of our languages. */
  of(uri: string): LanguageService | undefined {
    const projectFile = this.#session.projectFile(uri);
    if (projectFile) return new ProjectFileService(projectFile, this.#client);
    const saltFile = this.#session.saltFiles.get(uri);
    if (saltFile) return new SaltConfigService(saltFile, this.#client);
    const definition = this.#session.documents.get(uri);
    if (definition) return new DefinitionService(definition, this.#facts, this.#client);
    const macros = this.#session.macroFile(uri);
    return macros && new MacroService(macros, this.#macroFacts, this.#client);
  }
}
