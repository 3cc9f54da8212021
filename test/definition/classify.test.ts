import { describe, expect, it } from "vitest";
import { classify, isInRepositoryFolder, mayBeDefinition } from "../../engine/definition/classify.js";

const definitions: readonly (readonly [text: string, path: string])[] = [
  ["7zip:\n  '24.09':\n    full_name: 7-Zip\n", "7zip.sls"],
  ["x:\n  '1.0': {full_name: X, installer: 'a.exe'}\n", "x.sls"],
  ["x: {'1.0': {full_name: X}}\n", "x.sls"],
  ["{x: {'1.0': {full_name: X}}}\n", "x.sls"],
  ["x:\n  {% for v in vs %}\n  '{{ v }}':\n    \"installer\": x\n{% endfor %}", "x.sls"],
  [
    "{% for v in ['1'] %}\nx:\n  {{ v }}:\n    {% if grains['cpuarch'] == 'AMD64' %}\n    installer: a\n    {% endif %}\n{% endfor %}",
    "x.sls",
  ],
  ["#x:\n#  '1.0':\n#    full_name: X\n", "x.sls"],
  ["x:\r\n  '1.0':\r\n    fullname: X\r\n", "x.sls"],
  ["x:\n  1.8.10:\nfull_name: X\n    installer: y\n", "x.sls"],
  ["# a comment\nx:\n  latest:\n    fullname: X\n", "x.sls"],
  ["x:\n  '1.0':\n    full_name: X\n    pkg:\n      - installed\n", "x.sls"],
  ["x:\n  a.b:\n    full_name: X\n", "x.sls"],
  ["{% macro m(v) %}\n  '{{ v }}':\n    full_name: X\n{% endmacro %}\nx:\n{{ m('1') }}\n", "x.sls"],
  [
    "{% load_yaml as vs %}\n# versions: all\n- '2'\n- '1'\n{% endload %}\nx:\n  '{{ v }}':\n    full_name: X\n",
    "x.sls",
  ],
];

const others: readonly (readonly [kind: string, text: string, path: string])[] = [
  ["state", "nginx:\n  pkg.installed: []\n  service.running:\n    - require:\n      - pkg: nginx\n", "nginx/init.sls"],
  ["state", "nginx:\n  pkg.installed\n", "nginx.sls"],
  ["state", "nginx:\n  pkg:\n    - installed\n", "nginx.sls"],
  ["state", "nginx:\n  pkg:\n  - installed\n", "nginx.sls"],
  ["state", "nginx: {pkg: [installed]}\n", "nginx.sls"],
  ["state", "include:\n  - common\n\nx:\n  file.managed:\n    - name: C:\\x\n", "x.sls"],
  ["state", "include:\n- common\n", "x.sls"],
  ["state", "x:\n  pkg.installed:\n    - version: '1.0'\n    - installer: y\n", "x.sls"],
  ["state", "{% if grains.os == 'Windows' %}\nx:\n  cmd.run:\n    - name: y\n{% endif %}\n", "x.sls"],
  ["top", "base:\n  '*':\n    - common\n", "top.sls"],
  ["top", "base:\n  'G@os:Windows':\n    - match: compound\n    - common\n", "salt/top.sls"],
  ["pillar", "users:\n  full_names: [a]\n", "pillar/users.sls"],
  ["pillar", "firefox:\n  full_name: Mozilla Firefox\n  installer: salt://x.exe\n", "pillar/firefox.sls"],
  ["pillar", "installer: x\n", "pillar/x.sls"],
  ["pillar", "apps:\n  - full_name: X\n    installer: y\n", "pillar/apps.sls"],
  ["configuration", "file_roots:\n  base:\n    - /srv/salt\n", "etc/master"],
  ["configuration", "# all is as it comes\n", "etc/salt/minion"],
  ["configuration", "winrepo_dir_ng: /x\n", "x.sls"],
  ["configuration", "log_level: debug\n", "/etc/salt/minion.d/log.conf"],
  ["other", "", "states/init.sls"],
  ["pillar", "hosts:\n  10.0.0.1:\n    alias: x\n", "pillar/hosts.sls"],
  ["pillar", "vlans:\n  10:\n    title: x\n", "pillar/vlans.sls"],
  ["other", "firefox:\n", "firefox.sls"],
  ["other", "{% set x = 1 %}\n", "x.sls"],
  ["other", "just some text\n", "x.sls"],
];

describe("what a file is", () => {
  it.each(definitions)("a definition: %j in %s", (text, path) => {
    expect(classify(text, path).kind).toBe("definition");
  });

  it.each(others)("%s: %j in %s", (kind, text, path) => {
    expect(classify(text, path).kind).toBe(kind);
  });

  it("is told with the reason", () => {
    expect(classify("nginx:\n  pkg.installed: []\n", "x.sls").reason).toBe("line 2 calls pkg.installed, as states do");
    expect(classify("\n\nfile_roots: {}\n", "minion").reason).toBe("line 3 sets Salt's option file_roots");
  });

  it("is found in time that grows with the text alone", () => {
    // Each of these would take minutes where a pattern or a search starts over.
    for (const text of ["{{".repeat(100_000), "- ".repeat(100_000), "{a:".repeat(100_000), `${"'".repeat(100_000)}:`]) {
      expect(classify(text, "x.sls")).toBeDefined();
    }
  });
});

describe("where a file lies", () => {
  it.each(["srv/salt/win/repo-ng/x.sls", "C:\\salt\\win\\repo\\x\\init.sls"])("%s is Salt's to read", (path) => {
    expect(isInRepositoryFolder(path)).toBe(true);
    expect(mayBeDefinition(classify("nginx:\n  pkg.installed: []\n", path), path)).toBe(true);
  });

  it("decides nothing elsewhere", () => {
    expect(mayBeDefinition(classify("nginx:\n  pkg.installed: []\n", "x.sls"), "srv/salt/nginx.sls")).toBe(false);
    expect(mayBeDefinition(classify("", "x.sls"), "x.sls")).toBe(true);
  });
});
