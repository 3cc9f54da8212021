import { isNumber, toDouble } from "../../value/numbers.js";
import { toFloat } from "../../value/parse-number.js";
import { str } from "../../value/repr.js";
import { textOf } from "../../value/text.js";
import { PyError, PyObject, type Value } from "../../value/types.js";
import { type EvalContext, NotRunError } from "../runtime.js";
import { readDateText } from "./date-text.js";
import { type FilterTable, filterTable, python } from "./define.js";

// Salt's strftime and date_format (salt-reference §3.3). Times are UTC: the minion's own zone is not known here.

/** A time as Salt for Windows reads it: a date in words, or seconds since 1970 as a number or as text. */
function timeOf(value: Value): Date {
  if (value === null) throw new NotRunError("strftime of None is the present time, which is different each time.");
  if (value instanceof PyObject) value.use();
  if (isNumber(value)) return fromSeconds(toDouble(value), value);
  const text = textOf(value);
  if (text === undefined) throw unreadable(value);
  const read = readDateText(text);
  if (read === "present") {
    throw new NotRunError(
      `strftime of ${JSON.stringify(text)} counts from the present time, which is different each time.`,
    );
  }
  if (read) return checked(read.date, value);
  try {
    return fromSeconds(toFloat(text), value);
  } catch {
    throw unreadable(value);
  }
}

function fromSeconds(seconds: number, shown: Value): Date {
  return checked(new Date(seconds * 1000), shown);
}

function checked(date: Date, shown: Value): Date {
  if (Number.isNaN(date.getTime()) || date.getUTCFullYear() > 9999 || date.getUTCFullYear() < 1)
    throw unreadable(shown);
  return date;
}

function unreadable(value: Value): PyError {
  return new PyError("ValueError", `Unable to parse ${str(value)}`);
}

const days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const months = [
  ...["January", "February", "March", "April", "May", "June", "July"],
  ...["August", "September", "October", "November", "December"],
];

function two(number: number): string {
  return String(number).padStart(2, "0");
}

function dayOfYear(date: Date): number {
  return Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / 86_400_000) + 1;
}

/** The week of the year, weeks beginning on Sunday (0) or Monday (1). */
function week(date: Date, firstDay: 0 | 1): number {
  return Math.floor((dayOfYear(date) + 6 - ((date.getUTCDay() + 7 - firstDay) % 7)) / 7);
}

/** ISO 8601's year and week. */
function isoWeek(date: Date): { year: number; week: number } {
  const thursday = new Date(date.getTime() + (3 - ((date.getUTCDay() + 6) % 7)) * 86_400_000);
  return { year: thursday.getUTCFullYear(), week: Math.floor((dayOfYear(thursday) - 1) / 7) + 1 };
}

const directives: Readonly<Record<string, (date: Date) => string>> = {
  a: (date) => (days[date.getUTCDay()] as string).slice(0, 3),
  A: (date) => days[date.getUTCDay()] as string,
  b: (date) => (months[date.getUTCMonth()] as string).slice(0, 3),
  B: (date) => months[date.getUTCMonth()] as string,
  c: (date) => format(date, "%a %b %e %H:%M:%S %Y"),
  C: (date) => two(Math.floor(date.getUTCFullYear() / 100)),
  d: (date) => two(date.getUTCDate()),
  D: (date) => format(date, "%m/%d/%y"),
  e: (date) => String(date.getUTCDate()).padStart(2, " "),
  f: (date) => String(date.getUTCMilliseconds()).padStart(3, "0").padEnd(6, "0"),
  F: (date) => format(date, "%Y-%m-%d"),
  G: (date) => String(isoWeek(date).year),
  g: (date) => two(isoWeek(date).year % 100),
  h: (date) => format(date, "%b"),
  H: (date) => two(date.getUTCHours()),
  I: (date) => two(date.getUTCHours() % 12 || 12),
  j: (date) => String(dayOfYear(date)).padStart(3, "0"),
  m: (date) => two(date.getUTCMonth() + 1),
  M: (date) => two(date.getUTCMinutes()),
  n: () => "\n",
  p: (date) => (date.getUTCHours() < 12 ? "AM" : "PM"),
  R: (date) => format(date, "%H:%M"),
  r: (date) => format(date, "%I:%M:%S %p"),
  s: (date) => String(Math.floor(date.getTime() / 1000)),
  S: (date) => two(date.getUTCSeconds()),
  t: () => "\t",
  T: (date) => format(date, "%H:%M:%S"),
  u: (date) => String(date.getUTCDay() || 7),
  U: (date) => two(week(date, 0)),
  V: (date) => two(isoWeek(date).week),
  w: (date) => String(date.getUTCDay()),
  W: (date) => two(week(date, 1)),
  x: (date) => format(date, "%m/%d/%y"),
  X: (date) => format(date, "%H:%M:%S"),
  y: (date) => two(date.getUTCFullYear() % 100),
  Y: (date) => String(date.getUTCFullYear()),
  z: () => "",
  Z: () => "",
  "%": () => "%",
};

function format(date: Date, pattern: string): string {
  return pattern.replace(/%(.)/gs, (whole, letter: string) =>
    Object.hasOwn(directives, letter) ? (directives[letter]?.(date) ?? whole) : whole,
  );
}

function strftime(context: EvalContext, value: Value, pattern: Value): string {
  const text = textOf(pattern);
  if (text === undefined) throw new PyError("TypeError", "strftime() argument 1 must be str");
  context.budget.step(text.length);
  return format(timeOf(value), text);
}

const strftimeFilter = python("strftime(date=None, format='%Y-%m-%d')", (context, value, pattern) =>
  strftime(context, value, pattern),
);

export const saltTimeFilters: FilterTable = filterTable([
  ["date_format", "counted", strftimeFilter],
  ["strftime", "counted", strftimeFilter],
]);
