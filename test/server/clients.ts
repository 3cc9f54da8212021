import type { ClientFeatures } from "../../server/languages/client-features.js";
import { clientFeatures } from "../../server/languages/client-features.js";

/** An editor that says it can do everything that we know of. */
export const fullClient: ClientFeatures = {
  snippets: true,
  insertAsIs: true,
  hoverMarkdown: true,
  completionMarkdown: true,
  hierarchicalSymbols: true,
  documentChanges: true,
  codeActionLiterals: true,
  preferredActions: true,
  relatedInformation: true,
  diagnosticTags: [1, 2],
  commands: new Set(["editor.action.triggerSuggest"]),
};

/** An editor that says nothing of what it can. */
export const plainClient = clientFeatures({});
