/** One figure of the bench. */
export interface Row {
  readonly name: string;
  readonly value: string;
  /** Against the base that its group names. */
  readonly ratio?: string;
  readonly goal?: string;
}

export function milliseconds(time: number): string {
  return time < 10 ? `${time.toFixed(1)} ms` : `${Math.round(time)} ms`;
}

/** The rows as a Markdown table with aligned columns. */
export function table(rows: readonly Row[]): string {
  const cells = [
    ["what", "figure", "ratio", "goal"],
    ...rows.map(({ name, value, ratio = "", goal = "" }) => [name, value, ratio, goal]),
  ];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |\n`;
  const rule = line(widths.map((width) => "-".repeat(width)));
  return line(cells[0] ?? []) + rule + cells.slice(1).map(line).join("");
}
