import type { GenrepoResult } from "../../repo/genrepo.js";
import { str } from "../../value/repr.js";
import { countVersions, plural } from "./common.js";

/** What came of genrepo, for people: first what is wrong, last the sum of it. */
export function genrepoText(
  result: GenrepoResult,
  options: { readonly verbose: boolean; readonly profile: string },
): string {
  const lines: string[] = [];
  if (options.verbose) {
    for (const [file, names] of result.successList)
      lines.push(`✓ ${file}${names.length > 0 ? `: ${names.map(str).join(", ")}` : ": empty"}`);
  }
  for (const [file, messages] of result.failedList) lines.push(`✗ ${file}`, ...messages.map(indented));
  for (const note of result.notes) lines.push(`! ${note}`);
  if (result.aborts.length > 0) {
    lines.push(
      "",
      `Salt itself would stop at ${result.aborts[0]?.file}, read nothing behind it and keep its old database. Here the rest is built.`,
    );
  }
  const { repo } = result.data();
  const reused = result.reused > 0 ? `, ${result.reused.toLocaleString("en-US")} unchanged` : "";
  if (lines.length > 0) lines.push("");
  lines.push(
    `${plural(result.total, "file")}: ${result.success.toLocaleString("en-US")} fine, ${result.failed.toLocaleString("en-US")} failed`,
    `${plural(repo.size, "package")}, ${plural(countVersions(repo), "version")} for ${options.profile} (${(result.elapsedMs / 1000).toFixed(2)} s${reused})`,
  );
  return `${lines.join("\n")}\n`;
}

function indented(message: string): string {
  return `    ${message.trimEnd().replaceAll("\n", "\n    ")}`;
}
