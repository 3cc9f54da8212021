import { describe, expect, it } from "vitest";
import { looksLikeDefinition } from "../../engine/definition/detect.js";

describe("what looks like a package definition", () => {
  it.each([
    ["7zip:\n  '24.09':\n    full_name: 7-Zip\n", "7zip.sls"],
    ["x:\n  '1.0': {full_name: X, installer: 'a.exe'}\n", "x.sls"],
    ["{% for v in vs %}\n  '{{ v }}':\n    \"installer\": x\n{% endfor %}", "x.sls"],
    ["{% from 'm.jinja' import m %}\n{{ m('x') }}\n", "srv/salt/win/repo-ng/x.sls"],
    ["#x:\n#  '1.0':\n#    full_name: X\n", "x.sls"],
    ["", "C:\\salt\\win\\repo\\x\\init.sls"],
  ])("%j in %s", (text, path) => {
    expect(looksLikeDefinition(text, path)).toBe(true);
  });

  it.each([
    ["nginx:\n  pkg.installed: []\n  service.running:\n    - require:\n      - pkg: nginx\n", "nginx/init.sls"],
    ["base:\n  '*':\n    - common\n", "top.sls"],
    ["users:\n  full_names: [a]\n", "pillar/users.sls"],
    ["", "states/init.sls"],
  ])("not %j in %s", (text, path) => {
    expect(looksLikeDefinition(text, path)).toBe(false);
  });
});
