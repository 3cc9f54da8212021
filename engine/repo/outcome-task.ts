import type { Profile } from "../config/profile.js";
import { type PortableValue, ValuePacker, ValueUnpacker } from "../render/portable-value.js";
import type { RenderDocument, RenderSettings, RenderTask } from "../render/render-host.js";
import { renderTask } from "../render/render-task.js";
import { type DefinitionOutcome, outcomeOf } from "./outcome.js";

export interface OutcomeSetup {
  readonly profile: Profile;
  readonly settings: RenderSettings;
}

interface PortableOutcome extends Omit<DefinitionOutcome, "packages" | "nameMap"> {
  readonly packages: readonly PortableValue[];
  readonly nameMap: readonly (readonly [PortableValue, PortableValue])[];
}

/** What genrepo remembers of a definition. */
export const outcomeTask: RenderTask<OutcomeSetup, RenderDocument, DefinitionOutcome> = {
  name: "outcome",
  run({ profile, settings }, document, openFileServer) {
    return outcomeOf(renderTask.run({ profile, settings: { ...settings, dataOnly: true } }, document, openFileServer));
  },
  pack(outcome): PortableOutcome {
    const values = new ValuePacker();
    return {
      ...outcome,
      packages: outcome.packages.map((name) => values.pack(name)),
      nameMap: outcome.nameMap.map(([fullName, name]) => [values.pack(fullName), values.pack(name)] as const),
    };
  },
  unpack(packed) {
    const outcome = packed as PortableOutcome;
    const values = new ValueUnpacker();
    return {
      ...outcome,
      packages: outcome.packages.map((name) => values.unpack(name)),
      nameMap: outcome.nameMap.map(([fullName, name]) => [values.unpack(fullName), values.unpack(name)] as const),
    };
  },
};
