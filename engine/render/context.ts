import { minionDefaults } from "../config/minion-defaults.js";
import { type Profile, saltVersionOf } from "../config/profile.js";
import { fromJson } from "../value/convert.js";
import { Dict, type Value } from "../value/types.js";

/** What a template of winrepo sees by name, besides `salt` (salt-reference §3.2). */
export interface DefinitionFacts {
  readonly grains: Dict;
  readonly pillar: Dict;
  readonly opts: Dict;
  /** All of the above and the plain variables, by name. */
  readonly variables: Dict;
}

/** Fresh values for each rendering: a template may change them, and must not change them for the next one. */
export function definitionFacts(
  profile: Profile,
  file: { absolute: string; name: string },
  saltenv: string,
): DefinitionFacts {
  const grains = fromJson(profile.grains) as Dict;
  const pillar = fromJson(profile.pillar) as Dict;
  const opts = minionOptions(profile, grains, pillar);
  const variables = Dict.from([
    ["grains", grains],
    ["pillar", pillar],
    ["opts", opts],
    ["saltenv", saltenv],
    ["sls", ""],
    ["tplpath", file.absolute],
    ["tplfile", file.name],
    ["tpldir", "."],
    ...["tpldot", "slspath", "slsdotpath", "slscolonpath", "sls_path"].map((name): [string, Value] => [name, ""]),
  ]);
  return { grains, pillar, opts, variables };
}

/** All options of a Windows minion: Salt's defaults, and the profile's own over them. */
function minionOptions(profile: Profile, grains: Dict, pillar: Dict): Dict {
  const opts = fromJson(minionDefaults(saltVersionOf(profile).line)) as Dict;
  opts.set("id", grains.get("id") ?? "minion");
  opts.set("master", grains.get("master") ?? "salt");
  for (const [name, value] of fromJson(profile.opts) as Dict) opts.set(name, value);
  return opts.set("grains", grains).set("pillar", pillar);
}
