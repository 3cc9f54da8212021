// Prints the table target × case from the JSON results of the suites on real machines (vitest's json reporter):
// node scripts/machine-table.mjs FOLDER-OR-FILE…
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";

const files = process.argv.slice(2).flatMap((name) => {
  if (!statSync(name).isDirectory()) return [name];
  return readdirSync(name)
    .filter((entry) => entry.endsWith(".json"))
    .map((entry) => path.join(name, entry));
});

/** Case → target → cell. */
const table = new Map();
const targets = new Set();
for (const file of files) {
  for (const { assertionResults } of JSON.parse(readFileSync(file, "utf8")).testResults ?? []) {
    for (const { ancestorTitles, title, status, duration, meta } of assertionResults) {
      const target = /^target (.+)$/.exec(ancestorTitles[0] ?? "")?.[1];
      if (!target) continue;
      const seconds = ((meta?.milliseconds ?? duration ?? 0) / 1000).toFixed(1);
      const cell = status === "passed" ? `ok ${seconds} s` : status;
      targets.add(target);
      table.set(title, (table.get(title) ?? new Map()).set(target, cell));
    }
  }
}
if (table.size === 0) {
  console.error("No results of suites on real machines there.");
  process.exit(1);
}
const columns = [...targets];
const rows = [
  ["case", ...columns],
  ...[...table].map(([name, cells]) => [name, ...columns.map((one) => cells.get(one) ?? "")]),
];
const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
const line = (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column])).join(" | ")} |`;
console.log(
  [line(rows[0]), `|${widths.map((width) => "-".repeat(width + 2)).join("|")}|`, ...rows.slice(1).map(line)].join("\n"),
);
