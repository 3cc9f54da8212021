import { keyPages } from "./keys.js";
import type { Page } from "./page.js";
import { projectFilePages } from "./project-file.js";
import { rulePages } from "./rules.js";

/** Every generated page. */
export function allPages(): Page[] {
  return [...keyPages(), ...rulePages(), ...projectFilePages()];
}
