import type { Profile } from "../../engine/config/profile.js";
import type { FileServer, Mount } from "../../engine/render/file-server.js";
import { renderDefinition } from "../../engine/render/render-definition.js";
import { NotFinished, type RenderHost } from "../../engine/render/render-host.js";
import { memoryLimitReason, type RenderedDefinition, undecidedReason } from "../../engine/render/rendered.js";
import { SharedRenderings } from "../../engine/render/shared-renderings.js";
import type { BudgetLimits } from "../../engine/template/budget.js";
import { type DefinitionDocument, Rendering } from "../languages/definition/document.js";

/** What rendering needs of the project that a document belongs to. */
export interface RenderEnvironment {
  readonly fileServer: FileServer;
  readonly mounts: readonly Mount[];
  readonly saltenv: string;
}

/**
 * What a template may use on the thread that the editor waits for: about 30 ms. The largest real definition takes a
 * quarter of it; what takes more is rendered in a worker.
 */
const quickLimits: Partial<BudgetLimits> = { steps: 100_000, size: 4_000_000, output: 2_000_000 };

/** Renders each state of each open document at most once per profile. */
export class Renderings {
  readonly #byDocument = new WeakMap<DefinitionDocument, Map<Profile, Rendering>>();
  readonly #shared = new WeakMap<DefinitionDocument, SharedRenderings>();
  readonly #host: RenderHost;

  readonly #texts: () => ReadonlyMap<string, string>;

  /**
   * @param host for what takes longer than the editor may wait
   * @param texts of the files that are open
   */
  constructor(host: RenderHost, texts: () => ReadonlyMap<string, string>) {
    this.#host = host;
    this.#texts = texts;
  }

  /**
   * The rendering to its end. Where the memory does not suffice for that, its beginning, with the problem that says so;
   * undefined when it was ended.
   */
  async complete(
    document: DefinitionDocument,
    profile: Profile,
    environment: RenderEnvironment,
    signal: AbortSignal,
  ): Promise<Rendering | undefined> {
    const quick = this.of(document, profile, environment);
    if (!quick.isPartial) return quick;
    const { path, text } = document;
    const { mounts, saltenv } = environment;
    const rendered = await this.#host.render(
      { path, source: text },
      profile,
      { mounts, saltenv, texts: this.#texts() },
      signal,
    );
    if (rendered instanceof NotFinished && rendered.reason === "ended") return undefined;
    const rendering =
      rendered instanceof NotFinished
        ? new Rendering(document, profile, outOfMemory(quick.rendered), true)
        : new Rendering(document, profile, rendered);
    this.#byDocument.get(document)?.set(profile, rendering);
    return rendering;
  }

  /** What is there at once: of a document that takes long only the beginning, until it is complete. */
  of(document: DefinitionDocument, profile: Profile, environment: RenderEnvironment): Rendering {
    let known = this.#byDocument.get(document);
    if (!known) {
      known = new Map();
      this.#byDocument.set(document, known);
      this.#shared.set(document, new SharedRenderings(document.text));
    }
    let rendering = known.get(profile);
    if (!rendering) {
      const shared = this.#shared.get(document);
      const alike = shared?.find(profile);
      const rendered = alike ?? this.#quick(document, profile, environment);
      const isPartial = undecidedReason(rendered) === "limit";
      if (!alike && !isPartial) shared?.add(profile, rendered);
      rendering = new Rendering(document, profile, rendered, isPartial);
      known.set(profile, rendering);
    }
    return rendering;
  }

  #quick({ path, text }: DefinitionDocument, profile: Profile, environment: RenderEnvironment): RenderedDefinition {
    const { fileServer, saltenv } = environment;
    return renderDefinition(text, { path, profile, fileServer, saltenv, limits: quickLimits });
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

/** What ended the beginning of a rendering is not what ends the whole. */
function outOfMemory(beginning: RenderedDefinition): RenderedDefinition {
  return {
    ...beginning,
    problems: beginning.problems.map((problem) =>
      problem.undecided === "limit" ? { ...problem, message: memoryLimitReason } : problem,
    ),
  };
}
