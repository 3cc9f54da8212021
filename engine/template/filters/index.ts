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

/** All filters: Jinja's own, then Salt's (salt-reference §3.3). */
export const filters: FilterTable = new Map([
  ...textFilters,
  ...wrapFilters,
  ...urlizeFilters,
  ...numberFilters,
  ...sequenceFilters,
  ...selectFilters,
  ...prettyFilters,
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
