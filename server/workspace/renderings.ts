import type { Profile } from "../../engine/config/profile.js";
import type { FileServer } from "../../engine/render/file-server.js";
import { renderDefinition } from "../../engine/render/render-definition.js";
import { type DefinitionDocument, Rendering } from "../languages/definition/document.js";

/** What rendering needs of the project that a document belongs to. */
export interface RenderEnvironment {
  readonly fileServer: FileServer;
  readonly saltenv: string;
}

/** Renders each state of each open document at most once per profile. */
export class Renderings {
  readonly #byDocument = new WeakMap<DefinitionDocument, Map<Profile, Rendering>>();

  of(document: DefinitionDocument, profile: Profile, environment: RenderEnvironment): Rendering {
    let known = this.#byDocument.get(document);
    if (!known) {
      known = new Map();
      this.#byDocument.set(document, known);
    }
    let rendering = known.get(profile);
    if (!rendering) {
      const { path, text } = document;
      const rendered = renderDefinition(text, { path, profile, ...environment });
      rendering = new Rendering(document, profile, rendered);
      known.set(profile, rendering);
    }
    return rendering;
  }

  /** What a document's imports asked the file server for, as far as it has been rendered. */
  importsOf(document: DefinitionDocument): readonly string[] {
    return [...(this.#byDocument.get(document)?.values() ?? [])].flatMap(({ rendered }) => rendered.imports);
  }

  /** Forgets a document: a template that it imports has changed. */
  forget(document: DefinitionDocument): void {
    this.#byDocument.delete(document);
  }
}
