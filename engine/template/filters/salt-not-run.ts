import { type EvalContext, NotRunError } from "../runtime.js";
import { type Filter, type FilterTable, filterTable } from "./define.js";

// Filters that Salt has and that are never run here, each with what it would need. They are known, so that a template
// that names one is not called wrong; when one is reached, the message says why there is no value.

const needs: Readonly<Record<string, string>> = {
  http_query: "asks a server over the network",
  dns_check: "asks a name server over the network",
  file_hashsum: "reads a file of the minion",
  is_bin_file: "reads a file of the minion",
  is_text_file: "reads a file of the minion",
  is_empty: "looks at a file of the minion",
  list_files: "lists a folder of the minion",
  which: "looks for a program on the minion",
  get_uid: "asks the minion for a user",
  gen_mac: "makes something different each time",
  rand_str: "makes something different each time",
  random_hash: "makes something different each time",
  random_sample: "makes something different each time",
  random_shuffle: "makes something different each time",
  random_str: "makes something different each time",
  random: "picks something different each time",
};

function notRun(name: string, reason: string): Filter {
  return (_: EvalContext) => {
    throw new NotRunError(`The filter '${name}' ${reason}; it is not run here. Only a minion can render this.`);
  };
}

export const notRunFilters: FilterTable = filterTable(
  Object.entries(needs).map(([name, reason]) => [name, "constant", notRun(name, reason)] as const),
);
