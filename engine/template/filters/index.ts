import type { FilterTable } from "./define.js";
import { numberFilters } from "./numbers.js";
import { prettyFilters } from "./pprint.js";
import { saltRegexFilters } from "./salt-regex.js";
import { selectFilters } from "./select.js";
import { sequenceFilters } from "./sequences.js";
import { textFilters } from "./text.js";
import { urlizeFilters } from "./urlize.js";
import { wrapFilters } from "./wordwrap.js";

export type { Filter } from "./define.js";

/** All filters: Jinja's own, then Salt's (spec §3.3). */
export const filters: FilterTable = new Map([
  ...textFilters,
  ...wrapFilters,
  ...urlizeFilters,
  ...numberFilters,
  ...sequenceFilters,
  ...selectFilters,
  ...prettyFilters,
  ...saltRegexFilters,
]);
