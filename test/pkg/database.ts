import type { WinrepoData } from "../../engine/repo/database.js";
import { fromJson } from "../../engine/value/convert.js";
import { Dict, type Json } from "../../engine/value/types.js";

/** Package → version → attributes, as a test writes it down. */
export type TestRepo = { readonly [name: string]: { readonly [version: string]: { readonly [key: string]: Json } } };

/** The database that genrepo makes of such definitions. */
export function database(repo: TestRepo): WinrepoData {
  const nameMap = new Dict();
  for (const [name, versions] of Object.entries(repo)) {
    for (const { full_name: fullName } of Object.values(versions)) nameMap.set(fromJson(fullName ?? null), name);
  }
  return { repo: fromJson(repo as Json) as Dict, errors: new Dict(), nameMap };
}
