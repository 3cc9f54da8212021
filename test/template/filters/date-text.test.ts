import { describe, expect, it } from "vitest";
import { readDateText } from "../../../engine/template/filters/date-text.js";
import { renderTemplate } from "../../../engine/template/index.js";

// What timelib.strtodatetime (0.3.0) gives for the same texts.
const dates: readonly (readonly [string, string])[] = [
  ["2002/12/25", "2002-12-25 00:00:00"],
  ["25 Dec 2002 10:30", "2002-12-25 10:30:00"],
  ["2002-12-25T10:30:00+02:00", "2002-12-25 10:30:00"],
  ["20021225T103000", "2002-12-25 10:30:00"],
  ["@1040814000", "2002-12-25 11:00:00"],
  ["2002-W52-3", "2002-12-25 00:00:00"],
  ["2002359", "2002-12-25 00:00:00"],
  ["2002-02-30", "2002-03-02 00:00:00"],
  ["Thu, 25 Dec 2002", "2002-12-26 00:00:00"],
  ["July 1st, 2008", "2008-07-01 00:00:00"],
  ["14-jul-2010", "2010-07-14 00:00:00"],
  ["2002-12-25 12:00 am", "2002-12-25 00:00:00"],
  ["Monday, 15-Aug-05 15:52:01 UTC", "2005-08-15 15:52:01"],
  ["2007-05-06 07:08:09 Europe/Berlin", "2007-05-06 07:08:09"],
  ["1.2.2003", "2003-02-01 00:00:00"],
];

describe("a date in words", () => {
  it.each(dates)("%s is %s", (text, expected) => {
    const read = readDateText(text);
    if (read === undefined || read === "present") throw new Error(`not read: ${read}`);
    expect(read.date.toISOString().replace("T", " ").slice(0, 19)).toBe(expected);
  });

  it.each(["tomorrow", "now", "+1 week", "2 days ago", "10:30", "25 Dec", "2002"])(
    "%s counts from the present",
    (text) => {
      expect(readDateText(text)).toBe("present");
    },
  );

  it.each(["", "hello", "2002-13-01", "2007-05-06 25:00", "1040814000", "x".repeat(1000)])("%s is none", (text) => {
    expect(readDateText(text)).toBeUndefined();
  });
});

describe("strftime", () => {
  it.each([
    ["{{ '2002/12/25'|strftime('%y') }}", "02"],
    ["{{ '1040814000'|strftime('%Y-%m-%d') }}", "2002-12-25"],
    ["{{ '10 September 2000'|strftime('%d.%m.%Y') }}", "10.09.2000"],
  ])("%s is %s", (template, text) => expect(renderTemplate(template).text).toBe(text));

  it("is not guessed where it counts from the present", () => {
    expect(renderTemplate("{{ 'tomorrow'|strftime }}").problems[0]?.undecided).toBe("not-run");
    expect(renderTemplate("{{ 'hello'|strftime }}").problems[0]?.message).toBe("Unable to parse hello");
  });
});
