import { app, exe, guid, quiet, type RuleCases } from "./case.js";

/** Rules about what Salt stops at or drops. */
export const dataCases: Readonly<Record<string, RuleCases>> = {
  "not-a-definition": {
    bad: [
      "nginx:\n⟦  pkg.installed:⟧\n    - version: '1.0'\n",
      "⟦nginx: {pkg: [installed]}⟧\n",
      "base:\n⟦  '*':⟧\n    - common\n",
      "⟦file_roots:⟧\n  base: [/srv/salt]\n",
    ],
    good: [app(), "", "app:\n  '1.0':\n    full_name: App\n    pkg:\n      - installed\n"],
  },
  "root-not-mapping": {
    bad: ["⟦- app⟧\n- other\n", "⟦just a text⟧\n"],
    good: ["", "# nothing\n", "{}\n", "[]\n", app()],
  },
  "package-not-mapping": { bad: ["⟦app⟧: '1.0'\n", "⟦app⟧: [1, 2]\n", "⟦app⟧: 1.0\n"], good: [app(), "app: {}\n"] },
  "package-without-versions": {
    bad: [
      "⟦app⟧:\n",
      {
        source: "⟦app⟧:\n{% if grains['cpuarch'] == 'AMD64' %}\n  '1.0':\n    full_name: App\n{% endif %}\n",
        profiles: ["windows-x86"],
      },
    ],
    good: [app(), "{% if grains['cpuarch'] == 'AMD64' %}\napp:\n  '1.0':\n    full_name: App\n{% endif %}\n"],
  },
  "package-name-type": {
    bad: [{ source: "⟦7⟧:\n  '1.0':\n    full_name: App\n", fixed: "'7':\n  '1.0':\n    full_name: App\n" }],
    good: ["'7':\n  '1.0':\n    full_name: App\n", "7zip:\n  '1.0':\n    full_name: App\n"],
  },
  "version-not-string": {
    bad: [
      { source: "app:\n  ⟦4.20⟧:\n    full_name: App\n", fixed: "app:\n  '4.20':\n    full_name: App\n" },
      { source: "app:\n  ⟦2019⟧:\n    full_name: App\n", fixed: "app:\n  '2019':\n    full_name: App\n" },
      { source: "app:\n  ⟦1:30⟧:\n    full_name: App\n", fixed: "app:\n  '1:30':\n    full_name: App\n" },
      { source: "app:\n  ⟦on⟧:\n    full_name: App\n", fixed: "app:\n  'on':\n    full_name: App\n" },
      {
        source: "app:\n  {% for v in ['6.8.5', '6.8'] %}\n  ⟦{{ v }}⟧:\n    full_name: App\n  {% endfor %}\n",
        fixed: "app:\n  {% for v in ['6.8.5', '6.8'] %}\n  '{{ v }}':\n    full_name: App\n  {% endfor %}\n",
      },
      "app: {⟦1.0⟧: {full_name: App}}\n",
    ],
    good: [
      "app:\n  '4.20':\n    full_name: App\n  1.2.3:\n    full_name: App\n  latest:\n    full_name: App\n",
      "app:\n  2019-01-02:\n    full_name: App\n  1e5:\n    full_name: App\n",
    ],
  },
  "version-not-mapping": {
    bad: ["app:\n  ⟦skip_urltest⟧: True\n  '1.0':\n    full_name: App\n", "app:\n  ⟦'1.0'⟧:\n"],
    good: [app()],
  },
  "version-empty": { bad: ["app:\n  ⟦''⟧:\n    full_name: App\n"], good: [app()] },
  "missing-full-name": {
    bad: [`app:\n  ⟦'1.0'⟧:\n    ${exe}\n    ${quiet}\n`, "app:\n  ⟦'1.0'⟧: {}\n"],
    good: [app(), "base: &b {'1.0': &v {full_name: App}}\napp:\n  '1.0':\n    <<: *v\n"],
  },
  "full-name-type": {
    bad: [
      { source: "app:\n  '1.0':\n    full_name: ⟦2019⟧\n", fixed: "app:\n  '1.0':\n    full_name: '2019'\n" },
      "app:\n  '1.0':\n    ⟦full_name⟧:\n",
      "app:\n  '1.0':\n    ⟦full_name⟧: [App]\n",
    ],
    good: [app(), "app:\n  '1.0':\n    full_name: ''\n"],
  },
  "yaml-duplicate-key": {
    bad: [
      "app:\n  '1.0':\n    full_name: App\n    ⟦full_name⟧: Other\n",
      "{% for v in ['1.0'] %}\napp:\n  '{{ v }}':\n    full_name: App\n    ⟦full_name⟧: Other\n{% endfor %}\n",
      "app:\n  {% for v in ['1.2', '1.1', ⟦'1.2'⟧] %}\n  '{{ v }}':\n    full_name: App\n  {% endfor %}\n",
      "app:\n  {% for v, p in [('2.83', '15'), (⟦'2.83'⟧, '14')] %}\n  '{{ v }}':\n    full_name: App {{ p }}\n  {% endfor %}\n",
    ],
    good: [app(), "app:\n  '1':\n    full_name: App\n  '1.0':\n    full_name: App\n"],
  },
  "msiexec-type": {
    bad: [
      { source: app("msiexec: ⟦'False'⟧"), fixed: app("msiexec: False") },
      { source: app("msiexec: ⟦1⟧"), fixed: app("msiexec: True") },
      app("⟦msiexec⟧:"),
    ],
    good: [
      app("msiexec: True"),
      app("msiexec: {{ False }}"),
      app("msiexec: no"),
      app("msiexec: 'C:\\Windows\\System32\\msiexec.exe'"),
    ],
  },
  "flags-type": {
    bad: [app("⟦install_flags⟧: [/S, /x]"), app("⟦uninstall_flags⟧: {a: b}"), app("⟦install_flags⟧:")],
    good: [app("install_flags: ''"), app("install_flags: 3536"), app("install_flags: '/S'")],
  },
  "uninstaller-type": {
    bad: [
      { source: app(`uninstaller: ⟦${guid}⟧`, "msiexec: True"), fixed: app(`uninstaller: '${guid}'`, "msiexec: True") },
      {
        source: `{% set guid = '${guid}' %}\n${app("uninstaller: ⟦{{ guid }}⟧", "msiexec: True")}`,
        fixed: `{% set guid = '${guid}' %}\n${app("uninstaller: '{{ guid }}'", "msiexec: True")}`,
      },
      app("⟦installer⟧: [a, b]"),
      app("⟦installer⟧: 17"),
    ],
    good: [app(`uninstaller: '${guid}'`, "msiexec: True"), app("uninstaller:")],
  },
  "cache-file-type": {
    bad: [app("⟦cache_file⟧: ['salt://a', 'salt://b']")],
    good: [app("cache_file: 'salt://a'"), app("cache_file:"), app("cache_file: []")],
  },
  "truthy-text": {
    bad: [{ source: app("use_scheduler: ⟦'False'⟧"), fixed: app("use_scheduler: False") }, app("allusers: ⟦'no'⟧")],
    good: [app("use_scheduler: False"), app("use_scheduler: 'yes'"), app("cache_dir: ''")],
  },
  "unknown-key": {
    bad: [
      { source: app("⟦uninstaller_flags⟧: '/S'"), fixed: app("uninstall_flags: '/S'") },
      app("⟦source⟧: sha256=abc"),
      { source: app("⟦instal_flags⟧: '/S'"), fixed: app("install_flags: '/S'") },
    ],
    good: [app("skip_urltest: True", "arch: x64", "locale: en_US", "reboot: False"), app("allusers: False")],
  },
};
