import type { Dict } from "../value/types.js";

/** The content of winrepo.p (salt-reference §2.8). */
export interface WinrepoData {
  /** Package → version → attributes. */
  readonly repo: Dict;
  /** Relative path → list of messages. */
  readonly errors: Dict;
  /** full_name → package. Salt writes no such key when no package was merged; here it is then empty. */
  readonly nameMap: Dict;
}
