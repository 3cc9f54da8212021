/**
 * Dates in words as timelib reads them, which Salt for Windows ships (salt-reference §3.3): the forms that name a day. A zone
 * is passed over, as `timelib.strtodatetime` does. What counts from the present ("tomorrow", a time without a day) has no
 * fixed value.
 */
export type DateText = { readonly date: Date } | "present" | undefined;

const monthNames = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const weekdays = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

const month =
  "(?<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";
const year = "(?<year>\\d{4})";
const shortYear = "(?<year>\\d{4}|\\d{2})";
const day = "(?<day>0?[1-9]|[12]\\d|3[01])(?:st|nd|rd|th)?";
const number = "(?<number>0?[1-9]|1[0-2])";

/** The forms of a day, each a whole pattern. */
const dates = [
  `${year}[-/]${number}[-/]${day}`,
  `(?<year>\\d{2})-${number}-${day}`,
  `${number}/${day}/${shortYear}`,
  `${day}[-.\\t]${number}[-.]${year}`,
  `${day}[ \\t.-]*${month}[ \\t.-]*${shortYear}`,
  `${month}[ .\\t-]*${day}[, .\\t]+${year}`,
  `${year}[ \\t.-]*${month}[ \\t.-]*${day}`,
  `${month}[ .\\t-]*${year}`,
  "(?<year>\\d{4})(?<number>0[1-9]|1[0-2])(?<day>0[1-9]|[12]\\d|3[01])",
  "(?<year>\\d{4})-?W(?<week>[0-4]\\d|5[0-3])(?:-?(?<weekday>[0-7]))?",
  "(?<year>\\d{4})[.-]?(?<dayOfYear>[0-2]\\d\\d|3[0-5]\\d|36[0-6])",
];
const hour = "(?<hour>[01]?\\d|2[0-3])";
const times = [
  `t?${hour}[:.](?<minute>[0-5]?\\d)(?:[:.](?<second>[0-5]?\\d|60)(?:[.,]\\d+)?)?(?:[ \\t]*(?<half>[ap])\\.?m\\.?)?`,
  `${hour}[ \\t]*(?<half>[ap])\\.?m\\.?`,
  "t(?<hour>[01]\\d|2[0-3])(?<minute>[0-5]\\d)(?<second>[0-5]\\d)?",
];
const zone = "[ \\t]*\\(?(?:z|utc|gmt|[a-z]{3,4}|[a-z]+/[a-z_]+|(?:gmt|utc)?[+-]\\d{1,2}:?(?:\\d{2})?)\\)?";
const named = "(?:(?<name>sun|mon|tues?|wed|thu(?:rs?)?|fri|sat)[a-z]*[ \\t,.]+)?";

const wholes = dates.flatMap((date) =>
  ["[ \\t]*z?", ...times.map((time) => `[ \\t,]*${time}(?:${zone})?`)].map(
    (rest) => new RegExp(`^${named}${date}${rest}$`, "i"),
  ),
);
const present =
  /^(?:now|today|midnight|noon|tomorrow|yesterday|[-+]?\d+ ?(?:sec|min|hour|day|week|fortnight|month|year)\w*.*|(?:last|next|first|this|previous)\b.*|t?\d{1,2}:\d\d.*|\d{1,2}\/\d{1,2}|\d{1,2} ?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*|\d{4}|[a-z]|utc|gmt)$/i;

/** No form is longer. */
const longest = 80;

export function readDateText(text: string): DateText {
  const trimmed = text.trim();
  if (trimmed.length > longest) return undefined;
  const stamp = /^@(-?\d+)$/.exec(trimmed);
  if (stamp) return { date: new Date(Number(stamp[1]) * 1000) };
  for (const whole of wholes) {
    const groups = whole.exec(trimmed)?.groups;
    if (groups) return { date: dateOf(groups) };
  }
  return present.test(trimmed) ? "present" : undefined;
}

type Groups = { readonly [name: string]: string | undefined };

function dateOf(groups: Groups): Date {
  const date = dayOf(groups);
  if (groups.name !== undefined) {
    const wanted = weekdays.indexOf(groups.name.slice(0, 3).toLowerCase());
    date.setUTCDate(date.getUTCDate() + ((wanted - date.getUTCDay() + 7) % 7));
  }
  const hour = Number(groups.hour ?? 0);
  const half = groups.half?.toLowerCase();
  const shift = half === "p" && hour < 12 ? 12 : half === "a" && hour === 12 ? -12 : 0;
  date.setUTCHours(hour + shift, Number(groups.minute ?? 0), Number(groups.second ?? 0), 0);
  return date;
}

function dayOf({ year: text, number: digits, month: name, day: inMonth, week, weekday, dayOfYear }: Groups): Date {
  const date = new Date(0);
  const full = fullYear(text ?? "");
  date.setUTCFullYear(full, 0, 1);
  if (week !== undefined) {
    // The week that holds the fourth of January is the first.
    const monday = 4 - ((new Date(Date.UTC(full, 0, 4)).getUTCDay() + 6) % 7);
    date.setUTCDate(monday + (Number(week) - 1) * 7 + Number(weekday ?? 1) - 1);
    return date;
  }
  if (dayOfYear !== undefined) {
    date.setUTCDate(Number(dayOfYear));
    return date;
  }
  const index = name === undefined ? Number(digits) - 1 : monthNames.indexOf(name.slice(0, 3).toLowerCase());
  date.setUTCMonth(index, Number(inMonth ?? 1));
  return date;
}

/** Two digits are a year from 1970 to 2069. */
function fullYear(text: string): number {
  const number = Number(text);
  return text.length > 2 ? number : number + (number < 70 ? 2000 : 1900);
}
