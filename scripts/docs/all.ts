import { keyPages } from "./keys.js";
import type { Page } from "./page.js";
import { projectFilePages } from "./project-file.js";
import { rulePages } from "./rules.js";
import { saltVersionPages } from "./salt-versions.js";

/** Every generated page. */
export function allPages(): Page[] {
  return [...keyPages(), ...rulePages(), ...projectFilePages(), ...saltVersionPages()];
}
