import { describe, expect, it } from "vitest";
import { loadProfile } from "../../engine/config/profile-loader.js";
import { lint } from "../../engine/lint/lint.js";
import { renderDefinition } from "../../engine/render/render-definition.js";
import { SharedRenderings } from "../../engine/render/shared-renderings.js";
import { options } from "./support.js";

const versions = ["3006.29", "3007.16", "3008.4"];
const profiles = versions.map((version) => loadProfile(`windows-amd64@${version}`, "/"));
const lintAll = (source: string) => lint([{ path: "app.sls", source }], { ...options(), profiles });

const byRegex = (pattern: string) =>
  `app:\n  {% if grains['os']|regex_match('${pattern}') %}\n  '1.0':\n    full_name: A\n  {% else %}\n  '2.0':\n    full_name: B\n  {% endif %}\n`;

describe("a definition under several releases of Salt", () => {
  it("warns where another package is defined, with the fix that works on all", () => {
    const [finding] = lintAll(byRegex("Win"));
    expect(finding).toMatchObject({ code: "regex-without-group", severity: "warning" });
    expect(finding?.message).toContain("on Salt 3006.29 a match gives (), which is false");
    expect(finding?.fix?.edits[0]?.newText).toBe("'(Win)'");
    expect(lintAll(byRegex("(Win)"))).toEqual([]);
  });

  it("says once that a filter is missing on some", () => {
    const found = lintAll(
      "app:\n  {% for e in {'1.0': 1}|to_entries %}\n  '{{ e.key }}':\n    full_name: A\n  {% endfor %}\n",
    );
    expect(found.map(({ code, profiles }) => [code, profiles])).toEqual([
      ["jinja-unknown-filter", ["windows-amd64@3006.29"]],
    ]);
  });

  it("warns of a renderer that the newest dropped", () => {
    const found = lintAll("#!hjson\n{}\n");
    expect(found.map(({ code, profiles }) => [code, profiles])).toEqual([
      ["renderer-not-run", ["windows-amd64@3006.29", "windows-amd64@3007.16"]],
      ["unknown-renderer", ["windows-amd64@3008.4"]],
    ]);
  });
});

describe("renderings for several releases", () => {
  const countOf = (source: string) => {
    const shared = new SharedRenderings(source);
    return profiles.filter((profile) => {
      if (shared.find(profile)) return false;
      shared.add(profile, renderDefinition(source, { path: "a.sls", profile }));
      return true;
    }).length;
  };

  it.each([
    ["app:\n  '1.0':\n    full_name: A\n", 1],
    [byRegex("Win"), 2],
    ["app:\n  '1.0':\n    full_name: {{ grains.saltversion }}\n", 3],
    ["app:\n  '1.0':\n    full_name: {{ grains['osrelease'] }} {{ grains.cpuarch }}\n", 1],
    ["app:\n  '1.0':\n    full_name: {{ opts.winrepo_remotes_ng }}\n", 3],
    ["{% for k, v in grains.items() %}{% endfor %}app:\n  '1.0':\n    full_name: A\n", 3],
  ])("of %j are %i", (source, count) => expect(countOf(source)).toBe(count));
});
