import type { WinrepoData } from "../../repo/database.js";
import { Dict } from "../../value/types.js";
import type { Correction } from "../report.js";

/** The database as it would be with corrected definitions. The given one stays as it is. */
export function withCorrections(data: WinrepoData, corrections: readonly Correction[]): WinrepoData {
  const repo = Dict.from(data.repo);
  const nameMap = Dict.from(data.nameMap);
  for (const { package: name, version, key, to } of corrections) {
    const versions = repo.get(name);
    const corrected = versions instanceof Dict ? applyCorrection(versions, version, key, to) : undefined;
    if (!corrected) continue;
    repo.set(name, corrected);
    if (key === "full_name") nameMap.set(to, name);
  }
  return { repo, errors: data.errors, nameMap };
}

function applyCorrection(versions: Dict, version: string, key: string, to: string): Dict {
  return Dict.from(
    [...versions].map(([own, attributes]) => {
      if (own !== version || !(attributes instanceof Dict)) return [own, attributes] as const;
      return key === "version" ? ([to, attributes] as const) : ([own, Dict.from(attributes).set(key, to)] as const);
    }),
  );
}
