import type { FilterTable } from "./define.js";
import { numberFilters } from "./numbers.js";
import { prettyFilters } from "./pprint.js";
import { saltDictFilters } from "./salt-dicts.js";
import { saltFormatFilters } from "./salt-formats.js";
import { saltHashFilters } from "./salt-hash.js";
import { saltItertoolsFilters } from "./salt-itertools.js";
import { saltListFilters } from "./salt-lists.js";
import { saltNetworkFilters } from "./salt-network.js";
import { notRunFilters } from "./salt-not-run.js";
import { saltObjectFilters } from "./salt-objects.js";
import { saltRegexFilters } from "./salt-regex.js";
import { saltTextFilters } from "./salt-text.js";
import { saltTimeFilters } from "./salt-time.js";
import { saltYamlFilters } from "./salt-yaml.js";
import { selectFilters } from "./select.js";
import { sequenceFilters } from "./sequences.js";
import { textFilters } from "./text.js";
import { urlizeFilters } from "./urlize.js";
import { wrapFilters } from "./wordwrap.js";

export type { Filter } from "./define.js";

const jinjaFilters: FilterTable = new Map([
  ...textFilters,
  ...wrapFilters,
  ...urlizeFilters,
  ...numberFilters,
  ...sequenceFilters,
  ...selectFilters,
  ...prettyFilters,
]);

/** All filters: Jinja's own, then Salt's, which replace some of them (salt-reference §3.3). */
export const filters: FilterTable = new Map([
  ...jinjaFilters,
  ...saltRegexFilters,
  ...saltTextFilters,
  ...saltListFilters,
  ...saltDictFilters,
  ...saltObjectFilters,
  ...saltHashFilters,
  ...saltTimeFilters,
  ...saltNetworkFilters,
  ...saltItertoolsFilters,
  ...saltFormatFilters,
  ...saltYamlFilters,
  ...notRunFilters,
]);

/** Whether a filter is one that Salt adds, or that Salt has put in the place of Jinja's. */
export function isSaltFilter(name: string): boolean {
  return filters.get(name) !== jinjaFilters.get(name);
}
