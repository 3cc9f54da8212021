import { readSaltVersion } from "../salt-version/salt-version.js";

/** Numbers that are two versions: 3006.1 is 3006.10 without quotes, too. */
const lossy = /^\d{4}\.[1-9]$/;

/** What is wrong with a setting that names a release of Salt, in words that follow its name; undefined when nothing is. */
export function saltVersionMistake(value: unknown): string | undefined {
  const isVersion = typeof value === "string" || typeof value === "number";
  if (!isVersion || readSaltVersion(value) === undefined) {
    return `must be a release of Salt like '3006.24' or '3007', not ${JSON.stringify(value)}`;
  }
  const text = String(value);
  if (typeof value === "number" && lossy.test(text) && Number(text.at(-1)) <= 3) {
    return `is the number ${text}, and ${text}0 without quotes is the same number: write '${text}' or '${text}0'`;
  }
  return undefined;
}
