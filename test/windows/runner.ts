import { writeFileSync } from "node:fs";
import { openWindows } from "../../engine/target/windows/windows-connection.js";
import { cases } from "../machines/suite.js";

// Runs inside Windows: `node runner.cjs FIXTURES RESULTS`. Each result is written at once, so that a hang shows where.
const [fixtures, results] = process.argv.slice(2) as [string, string];

export interface CaseResult {
  readonly name: string;
  readonly milliseconds: number;
  readonly error?: string;
}

async function main(): Promise<void> {
  const done: CaseResult[] = [];
  const target = await openWindows({ name: "windows" });
  for (const { name, run } of cases) {
    const started = Date.now();
    const error = await run({ target, fixtures, traits: { unicodeLines: true } }).then(
      () => undefined,
      (reason: unknown) => (reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)),
    );
    done.push({ name, milliseconds: Date.now() - started, ...(error !== undefined && { error }) });
    writeFileSync(results, JSON.stringify(done));
  }
  await target.close();
}

void main();
