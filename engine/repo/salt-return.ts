import { toJson } from "../value/convert.js";
import type { Json } from "../value/types.js";
import type { MergedRepository } from "./merge.js";

/** What `pkg.genrepo` and `pkg.refresh_db` return (salt-reference §2.7). */
export function saltReturn(result: MergedRepository, verbose: boolean): { [key: string]: Json } {
  const failedList = Object.fromEntries([...result.failedList].map(([file, messages]) => [file, [...messages]]));
  const { total, success, failed } = result;
  if (!verbose) return { total, success, failed, ...(failed > 0 && { failed_list: failedList }) };
  const successList = Object.fromEntries([...result.successList].map(([file, names]) => [file, names.map(toJson)]));
  return { total, success, failed, success_list: successList, failed_list: failedList };
}

/**
 * The text of the exception that Salt raises with `failhard` when a file failed: the return in the nested outputter's
 * form below the message.
 */
export function failhardMessage(result: MergedRepository): string {
  const lines = [
    "Error occurred while generating repo db. Additional info follows:",
    "",
    "failed:",
    `    ${result.failed}`,
    "failed_list:",
    "    ----------",
    ...[...result.failedList].flatMap(([file, messages]) => [
      `    ${file}:`,
      ...messages.map((message) => `        - ${message.replaceAll("\n", "\n          ")}`),
    ]),
    "success:",
    `    ${result.success}`,
    "total:",
    `    ${result.total}`,
  ];
  return lines.join("\n");
}
