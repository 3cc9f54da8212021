import type { Profile } from "../../engine/config/profile.js";
import { definitionFacts } from "../../engine/render/context.js";
import type { FileServer } from "../../engine/render/file-server.js";
import { saltFunctions } from "../../engine/render/salt-functions.js";
import type { JinjaWork } from "./jinja.js";

/** The template stage of each definition under each profile, with what it is given when it is rendered for real. */
export function jinjaWorks(
  files: readonly { readonly absolute: string; readonly source: Uint8Array }[],
  profiles: readonly Profile[],
  fileServer: FileServer,
): JinjaWork[] {
  return files.flatMap(({ absolute, source }) =>
    profiles.map((profile) => {
      const facts = () => definitionFacts(profile, { absolute, name: absolute }, "base");
      const functions = saltFunctions(profile, facts());
      return {
        source: new TextDecoder().decode(source),
        context: () => facts().variables,
        host: {
          hasSalt: (name: string) => functions.has(name),
          callSalt: functions.call,
          loadTemplate: (name: string) => {
            const found = fileServer.read(name);
            return found === undefined ? undefined : { path: name, source: found };
          },
        },
      };
    }),
  );
}
