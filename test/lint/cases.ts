/**
 * For each rule: sources that it must find something in, the place between ⟦ and ⟧, and sources that it must be silent
 * about. `fixed` is what `--fix` makes of the bad source when only this rule's changes are applied.
 */
export interface RuleCases {
  readonly bad: readonly (
    | string
    | { readonly source: string; readonly fixed?: string; readonly profiles?: readonly string[] }
  )[];
  readonly good: readonly string[];
}

/** A definition of one version with these attributes, one a line. */
const app = (...lines: string[]) =>
  `app:\n  '1.0':\n    full_name: App\n${lines.map((line) => `    ${line}\n`).join("")}`;

const exe = "installer: 'https://example.com/app-setup.exe'";
const msi = "installer: 'https://example.com/app.msi'";
const quiet = "install_flags: '/S'";
const guid = "{0D2B1B8A-70D2-4C3A-9A5A-3D7A1A0F9E11}";

export const cases: Readonly<Record<string, RuleCases>> = {
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
  "msi-without-msiexec": {
    bad: [
      app(`installer: ⟦'https://example.com/app.msi'⟧`, "install_flags: '/qn'"),
      app("installer: 'https://example.com/app.MSI'", "msiexec: ⟦False⟧"),
    ],
    good: [app(msi, "msiexec: True"), app(exe, quiet), app("installer: 'https://example.com/app.msi.exe'", quiet)],
  },
  "msiexec-with-exe": {
    bad: [app(exe, "msiexec: ⟦True⟧", quiet)],
    good: [
      app(msi, "msiexec: True"),
      app(exe, "msiexec: False"),
      app("installer: 'https://example.com/download?id=7'", "msiexec: True"),
    ],
  },
  "msiexec-uninstaller": {
    bad: [
      {
        source: app(
          msi,
          "msiexec: True",
          "uninstaller: ⟦'msiexec.exe'⟧",
          `uninstall_flags: '/qn /x ${guid} /norestart'`,
        ),
        fixed: app(msi, "msiexec: True", `uninstaller: '${guid}'`, "uninstall_flags: '/qn /norestart'"),
      },
      {
        source: app(msi, "msiexec: True", `uninstaller: ⟦'MsiExec.exe /X${guid}'⟧`, "uninstall_flags: '/qn'"),
        fixed: app(msi, "msiexec: True", `uninstaller: '${guid}'`, "uninstall_flags: '/qn'"),
      },
      app(msi, "msiexec: True", "uninstaller: ⟦'misexec'⟧"),
    ],
    good: [
      app(msi, "msiexec: True", `uninstaller: '${guid}'`),
      app(msi, "msiexec: True", "uninstaller: 'https://example.com/app.msi'"),
      app(exe, "msiexec: False", "uninstaller: 'msiexec.exe'", `uninstall_flags: '/x ${guid} /qn'`),
    ],
  },
  "guid-without-msiexec": {
    bad: [app(exe, quiet, `uninstaller: ⟦'${guid}'⟧`), app(exe, quiet, "msiexec: False", `uninstaller: ⟦'${guid}'⟧`)],
    good: [app(msi, "msiexec: True", `uninstaller: '${guid}'`), app("uninstaller: 'C:\\{App}\\uninstall.exe'")],
  },
  "guid-malformed": {
    bad: [
      app(msi, "msiexec: True", "uninstaller: ⟦'{0D2B1B8A-70D2-4C3A-9A5A-3D7A1A0F9E1}'⟧"),
      app(msi, "msiexec: True", "uninstaller: ⟦'{0D2B1B8A-70D2-4C3A-9A5A-3D7A1A0F9EGG}'⟧"),
      app(exe, "uninstaller: 'msiexec.exe'", "uninstall_flags: ⟦'/x {0D2B1B8A-70D2-4C3A-9A5A-3D7A1A0F9E1} /qn'⟧"),
    ],
    good: [
      app(msi, "msiexec: True", `uninstaller: '${guid}'`),
      app(msi, "msiexec: True", `uninstaller: '${guid.toLowerCase()}'`),
    ],
  },
  "uninstaller-with-arguments": {
    bad: [
      {
        source: app(exe, quiet, `uninstaller: ⟦'MsiExec.exe /X${guid}'⟧`, "uninstall_flags: '/qn'"),
        fixed: app(exe, quiet, "uninstaller: 'MsiExec.exe'", `uninstall_flags: '/X${guid} /qn'`),
      },
      app(exe, quiet, `uninstaller: ⟦'"C:\\App\\uninstall.exe" /S'⟧`),
      app(exe, quiet, `uninstaller: ⟦'msiexec /x ${guid}'⟧`),
    ],
    good: [
      app(exe, quiet, "uninstaller: 'C:\\Program Files\\My App - Pro\\uninstall.exe'"),
      app(exe, quiet, "uninstaller: '%ProgramFiles%\\App\\uninstall.exe'", "uninstall_flags: '/S'"),
    ],
  },
  "path-quoted": {
    bad: [
      {
        source: app(exe, quiet, `uninstaller: ⟦'"C:\\App\\uninstall.exe"'⟧`),
        fixed: app(exe, quiet, "uninstaller: 'C:\\App\\uninstall.exe'"),
      },
      app(exe, quiet, `uninstaller: ⟦'"C:\\App\\uninstall.exe" /S'⟧`),
    ],
    good: [app(exe, `install_flags: '/D="C:\\App"'`), app(exe, quiet, "uninstaller: 'C:\\App\\uninstall.exe'")],
  },
  "block-scalar-quotes": {
    bad: [app(exe, "⟦install_flags⟧: |", "  '/S &", "  exit 0'")],
    good: [app(exe, "install_flags: |", `  /S /D="C:\\App"`), app(exe, "install_flags: '/S'")],
  },
  "escape-in-path": {
    bad: [app(exe, quiet, `uninstaller: ⟦"C:\\app\\tools.exe"⟧`)],
    good: [
      app(exe, quiet, `uninstaller: "C:\\\\app\\\\tools.exe"`),
      app(exe, quiet, "uninstaller: 'C:\\app\\tools.exe'"),
    ],
  },
  "msi-not-quiet": {
    bad: [
      app(msi, "msiexec: True", "install_flags: ⟦'/norestart'⟧"),
      app(`installer: ⟦'https://example.com/app.msi'⟧`, "msiexec: True"),
      app(exe, quiet, "uninstaller: 'msiexec.exe'", `uninstall_flags: ⟦'/x ${guid}'⟧`),
    ],
    good: [
      app(msi, "msiexec: True", "install_flags: '/qn /norestart'"),
      app(msi, "msiexec: True", "install_flags: '/quiet'"),
      app(msi, "msiexec: True", "install_flags: '/passive'"),
      app(msi, "msiexec: True", "install_flags: '/qb- ALLUSERS=1'"),
    ],
  },
  "exe-without-flags": {
    bad: [
      app(exe, "⟦install_flags⟧: ''"),
      app(`installer: ⟦'https://example.com/app-setup.exe'⟧`),
      app("uninstaller: ⟦'C:\\App\\uninstall.exe'⟧"),
    ],
    good: [
      app(exe, quiet),
      app("installer: 'salt://win/app.bat'"),
      app(exe, "uninstaller: '%LocalAppData%\\atom\\Update.exe'"),
    ],
  },
  "wrong-silent-flags": {
    bad: [
      app(exe, "install_flags: ⟦'/S'⟧", "uninstaller: 'C:\\App\\unins000.exe'", "uninstall_flags: '/VERYSILENT'"),
      app(exe, "install_flags: ⟦'/s /D=C:\\App'⟧"),
      app(exe, `install_flags: ⟦'/v"/qn"'⟧`),
      app(exe, "install_flags: ⟦'/s'⟧", "uninstaller: 'C:\\App\\uninst.exe'", "uninstall_flags: '/S'"),
    ],
    good: [
      app(exe, "install_flags: '/verysilent'", "uninstaller: 'C:\\App\\unins000.exe'", "uninstall_flags: '/SILENT'"),
      app(exe, "install_flags: '/s'"),
      app(exe, `install_flags: '/s /v"/qn"'`),
      app(exe, "install_flags: '/S /D=C:\\App'"),
    ],
  },
  "env-var-in-installer": {
    bad: [app("installer: ⟦'%TEMP%\\app.exe'⟧", quiet)],
    good: [
      app(exe, quiet, "uninstaller: '%ProgramFiles%\\App\\u.exe'"),
      app("installer: 'https://example.com/a%20b.exe'", quiet),
    ],
  },
  "url-query-in-installer": {
    bad: [app("installer: ⟦'https://example.com/setup.exe?id=1'⟧", quiet)],
    good: [
      app(exe, quiet),
      app("installer: 'https://example.com/download.php?file=setup.exe'", quiet),
      app("installer: 'https://example.com/app.msi?id=1'", "msiexec: True"),
    ],
  },
  "file-url": {
    bad: [app("installer: ⟦'file:///C:/app.exe'⟧", quiet), app("installer: ⟦'file://server/share/app.exe'⟧", quiet)],
    good: [app("installer: 'C:\\app.exe'", quiet), app("installer: 'file://C:/app.exe'", quiet)],
  },
  "path-outside-repository": {
    bad: [app("installer: ⟦'salt://win/../../etc/app.exe'⟧", quiet)],
    good: [app("installer: 'salt://win/app..1/app.exe'", quiet)],
  },
  "source-hash-format": {
    bad: [
      {
        source: app(exe, quiet, "source_hash: ⟦'md5:d41d8cd98f00b204e9800998ecf8427e'⟧"),
        fixed: app(exe, quiet, "source_hash: 'md5=d41d8cd98f00b204e9800998ecf8427e'"),
      },
      app(exe, quiet, "source_hash: ⟦sha256=abc⟧"),
      app(exe, quiet, "source_hash: ⟦shazam=abc⟧"),
    ],
    good: [
      app(exe, quiet, "source_hash: md5=D41D8CD98F00B204E9800998ECF8427E"),
      app(exe, quiet, "source_hash: 'https://example.com/app.sha256'"),
      app(exe, quiet, "source_hash: sha3_256=abc"),
    ],
  },
  "cache-not-salt": {
    bad: [app(exe, quiet, "⟦cache_dir⟧: True"), app(exe, quiet, "cache_file: ⟦'https://example.com/a.ini'⟧")],
    good: [
      app("installer: 'salt://win/app.exe'", quiet, "cache_dir: True"),
      app(exe, quiet, "cache_dir: False"),
      app("cache_dir: True"),
    ],
  },
  "unrendered-braces": {
    bad: [
      app("uninstaller: '⟦{ PROGRAM_FILES }⟧\\App\\u.exe'", "uninstall_flags: '/S'"),
      "app:\n  {% for v in [⟦'{{ version }}'⟧, '1.0'] %}\n  '{{ v }}':\n    full_name: App\n  {% endfor %}\n",
    ],
    good: [app(`uninstaller: '${guid}'`, "msiexec: True"), app(exe, `install_flags: '/S /x {0D2B1B8A}'`)],
  },
  "program-files-x86-on-x86": {
    bad: [
      {
        source:
          "{% if grains['cpuarch'] == 'AMD64' %}{% set pf = '%ProgramFiles%' %}{% else %}{% set pf = ⟦'%ProgramFiles(x86)%'⟧ %}{% endif %}\n" +
          app("uninstaller: '{{ pf }}\\App\\u.exe'", "uninstall_flags: '/S'"),
        profiles: ["windows-x86"],
      },
    ],
    good: [
      app("uninstaller: '%ProgramFiles(x86)%\\App\\u.exe'", "uninstall_flags: '/S'"),
      "{% if grains['cpuarch'] == 'AMD64' %}{% set pf = '%ProgramFiles(x86)%' %}{% else %}{% set pf = '%ProgramFiles%' %}{% endif %}\n" +
        app("uninstaller: '{{ pf }}\\App\\u.exe'", "uninstall_flags: '/S'"),
    ],
  },
  "x64-installer-on-x86": {
    bad: [
      {
        source: `${app("{% if grains['cpuarch'] == 'AMD64' %}", "arch: x64", "{% endif %}", "installer: ⟦'https://example.com/app-x64.exe'⟧", quiet)}`,
        profiles: ["windows-x86"],
      },
    ],
    good: [
      app("installer: 'https://example.com/app-x64.exe'", quiet),
      app("arch: {{ grains['cpuarch'] }}", "installer: 'https://example.com/app-x86-x64.exe'", quiet),
    ],
  },
  "x86-uninstaller-path": {
    bad: [
      {
        source: app(
          "arch: {{ grains['cpuarch'] }}",
          "installer: 'https://example.com/app-i686.exe'",
          quiet,
          "uninstaller: ⟦'%ProgramFiles%\\App\\u.exe'⟧",
          "uninstall_flags: '/S'",
        ),
        profiles: ["windows-amd64"],
      },
    ],
    good: [
      app("installer: 'https://example.com/app-i686.exe'", quiet, "uninstaller: '%ProgramFiles%\\App\\u.exe'"),
      app(
        "arch: {{ grains['cpuarch'] }}",
        "installer: 'https://example.com/app-x86_64.exe'",
        quiet,
        "uninstaller: '%ProgramFiles%\\App\\u.exe'",
      ),
    ],
  },
  "newest-version-without-installer": {
    bad: [`app:\n  ⟦'2.0'⟧:\n    full_name: App\n  '1.0':\n    full_name: App\n    ${exe}\n    ${quiet}\n`],
    good: [
      `app:\n  '2.0':\n    full_name: App\n    ${exe}\n    ${quiet}\n  '1.0':\n    full_name: App\n`,
      "app:\n  '2.0':\n    full_name: App\n  '1.0':\n    full_name: App\n",
    ],
  },
  "jinja-loop-over-string": {
    bad: [
      {
        source: "app:\n  {% for v in (⟦'14'⟧) %}\n  '{{ v }}':\n    full_name: App\n  {% endfor %}\n",
        fixed: "app:\n  {% for v in (['14']) %}\n  '{{ v }}':\n    full_name: App\n  {% endfor %}\n",
      },
      "{% set versions = (⟦'1.0'⟧) %}\napp:\n  {% for v in versions %}\n  '{{ v }}':\n    full_name: App\n  {% endfor %}\n",
    ],
    good: ["app:\n  {% for v in '1.0', '1.1' %}\n  '{{ v }}':\n    full_name: App\n  {% endfor %}\n"],
  },
  "jinja-unpack-mismatch": {
    bad: [
      {
        source: "app:\n  {% for v, b in ⟦('1.4', '77')⟧ %}\n  '{{ v }}':\n    full_name: App {{ b }}\n  {% endfor %}\n",
        fixed: "app:\n  {% for v, b in [('1.4', '77')] %}\n  '{{ v }}':\n    full_name: App {{ b }}\n  {% endfor %}\n",
      },
      "app:\n  {% for v, b in [('1.4', '77'), ⟦('1.3', '76', 'x')⟧] %}\n  '{{ v }}':\n    full_name: App {{ b }}\n  {% endfor %}\n",
      "{% set v, b = ⟦[('3.3', '3')]⟧ %}\napp:\n  '{{ v }}':\n    full_name: App {{ b }}\n",
    ],
    good: [
      "app:\n  {% for v, b in [('1.4', '77'), ('1.3', '76')] %}\n  '{{ v }}':\n    full_name: App {{ b }}\n  {% endfor %}\n",
      "{% set d = {'1.0': 'a'} %}\napp:\n  {% for v, b in d.items() %}\n  '{{ v }}':\n    full_name: App {{ b }}\n  {% endfor %}\n",
    ],
  },
  "undefined-on-some-path": {
    bad: [
      `{% if grains['osrelease'] == '10' %}{% set s = 'w10' %}{% endif %}\napp:\n  '1.0':\n    full_name: App {{ ⟦s⟧ }}\n`,
      `app:\n  '1.0':\n    full_name: App\n    {% if grains['osrelease'] == '7' %}\n    installer: '{{ ⟦base⟧ }}/app.exe'\n    install_flags: '/S'\n    {% endif %}\n`,
      "app:\n  {% for v in [] %}{% set x = v %}{% endfor %}\n  '1.0':\n    full_name: App{% if grains['os'] == 'x' %}{{ ⟦x⟧ }}{% endif %}\n",
    ],
    good: [
      "{% if grains['cpuarch'] == 'AMD64' %}{% set a = 'x' %}{% else %}{% set a = 'y' %}{% endif %}\napp:\n  '1.0':\n    full_name: App {{ a }}\n",
      "{% if grains['cpuarch'] == 'AMD64' %}{% set a = 'x' %}{% elif grains['cpuarch'] == 'x86' %}{% set a = 'y' %}{% endif %}\napp:\n  '1.0':\n    full_name: App {{ a }}\n",
      "{% if grains['os'] == 'x' %}{% set a = 1 %}{% endif %}\napp:\n  '1.0':\n    full_name: App{% if grains['os'] == 'x' %} {{ a }}{% endif %}\n",
      "{% if grains['os'] == 'x' %}{% set a = 1 %}{% endif %}\napp:\n  '1.0':\n    full_name: App {{ a | default('') }}{% if a is defined %}{{ a }}{% endif %}\n",
      "{% if a is not defined %}{% set a = 1 %}{% endif %}\napp:\n  '1.0':\n    full_name: App {{ a }}\n",
      "{% if grains['cpuarch'] == 'AMD64' %}{% set a = 1 %}{% else %}{% set b = 2 %}{% endif %}\napp:\n  '1.0':\n    full_name: App{% if grains.cpuarch == \"x86\" %} {{ b }}{% elif grains.cpuarch != 'x86' %}{% if grains['cpuarch'] == 'AMD64' %}{{ a }}{% endif %}{% endif %}\n",
      "{% macro block(v) %}  '{{ v }}':\n    full_name: App {{ later }}\n{% endmacro %}{% set later = 'x' %}\napp:\n{{ block('1.0') }}\n",
    ],
  },
  "number-loses-digits": {
    bad: [
      {
        source:
          "{% load_yaml as versions %}\n- ⟦3006.10⟧\n- '3006.9'\n{% endload %}\napp:\n  {% for v in versions %}\n  '{{ v }}':\n    full_name: App\n  {% endfor %}\n",
        fixed:
          "{% load_yaml as versions %}\n- '3006.10'\n- '3006.9'\n{% endload %}\napp:\n  {% for v in versions %}\n  '{{ v }}':\n    full_name: App\n  {% endfor %}\n",
      },
      "app:\n  {% for v in [⟦1.10⟧, '1.9'] %}\n  '{{ v }}':\n    full_name: App\n  {% endfor %}\n",
    ],
    good: [
      "app:\n  {% for v in ['1.10', '1.9'] %}\n  '{{ v }}':\n    full_name: App{% if [1.5, 2] | length > 1.0 %}{% endif %}\n  {% endfor %}\n",
      "{% load_yaml as versions %}\n- 3007.1.1\n- '3006.10'\n{% endload %}\napp:\n  {% for v in versions %}\n  '{{ v }}':\n    full_name: App\n  {% endfor %}\n",
    ],
  },
  "jinja-in-comment": {
    bad: [
      `#⟦{% set x = 1 %}⟧\n${app()}`,
      `#⟦{% if grains['os'] == 'x' %}⟧\n${app()}#{% endif %}\n`,
      app("# ⟦{{ grains['os'] }}⟧"),
    ],
    good: [`{# {% set x = 1 %} #}\n${app()}`, app("install_flags: '{{ grains['os'] }} # not a comment'")],
  },
  "unused-set": {
    bad: [`{% set ⟦x⟧ = 1 %}\n${app()}`],
    good: [
      `{% set x = 1 %}\n${app("install_flags: '{{ x }}'")}`,
      `{% set ns = namespace(a=1) %}{% set ns.a = 2 %}\n${app()}`,
    ],
  },
  "full-name-outlier": {
    bad: [
      "app:\n  '4.42':\n    full_name: ⟦'App 4.40'⟧\n  '4.41':\n    full_name: 'App 4.41'\n  '4.40':\n    full_name: 'App 4.40'\n  '4.39':\n    full_name: 'App 4.39'\n",
    ],
    good: [
      "app:\n  '4.42':\n    full_name: 'App 4.42'\n  '4.41':\n    full_name: 'App 4.41'\n  '4.40':\n    full_name: 'App 4.40'\n",
      "app:\n  '4.42.1':\n    full_name: 'App 4.40'\n  '4.41.1':\n    full_name: 'App 4.40'\n",
    ],
  },
  "installer-version-outlier": {
    bad: [
      `app:\n${[
        ["1.4.8", "1.4.6"],
        ["1.4.7", "1.4.7"],
        ["1.4.6", "1.4.6"],
        ["1.4.5", "1.4.5"],
      ]
        .map(
          ([version, url]) =>
            `  '${version}':\n    full_name: App\n    install_flags: '/S'\n    installer: ${version === url ? `'https://e.com/a-${url}.exe'` : `⟦'https://e.com/a-${url}.exe'⟧`}\n`,
        )
        .join("")}`,
    ],
    good: [
      "app:\n  '1.4.8':\n    full_name: App\n    installer: 'https://e.com/a-1.4.8.exe'\n    install_flags: '/S'\n",
    ],
  },
  "same-installer": {
    bad: [
      "app:\n  {% for v in ['1.1', '1.0'] %}\n  '{{ v }}':\n    full_name: App\n    installer: ⟦'https://example.com/app.exe'⟧\n    install_flags: '/S'\n  {% endfor %}\n",
    ],
    good: [
      "app:\n  {% for v in ['1.1', '1.0'] %}\n  '{{ v }}':\n    full_name: App\n    installer: 'https://example.com/app-{{ v }}.exe'\n    install_flags: '/S'\n  {% endfor %}\n",
    ],
  },
  "http-url": {
    bad: [app("installer: '⟦http⟧://example.com/app.exe'", quiet)],
    good: [
      app(exe, quiet),
      app("installer: 'http://example.com/app.exe'", quiet, "source_hash: md5=d41d8cd98f00b204e9800998ecf8427e"),
    ],
  },
  "hard-coded-program-files": {
    bad: [app("uninstaller: ⟦'C:\\Program Files\\App\\u.exe'⟧", "uninstall_flags: '/S'")],
    good: [app("uninstaller: '%ProgramFiles%\\App\\u.exe'", "uninstall_flags: '/S'")],
  },
  "missing-source-hash": {
    bad: [app("installer: ⟦'https://example.com/app-setup.exe'⟧", quiet)],
    good: [
      app(exe, quiet, "source_hash: md5=d41d8cd98f00b204e9800998ecf8427e"),
      app("installer: 'salt://win/app.exe'", quiet),
    ],
  },
  "latest-with-versions": {
    bad: ["app:\n  ⟦latest⟧:\n    full_name: App\n  '1.0':\n    full_name: App\n"],
    good: ["app:\n  latest:\n    full_name: App\n", app()],
  },
  "value-outer-whitespace": {
    bad: [{ source: app(exe, "install_flags: ⟦' /S '⟧"), fixed: app(exe, "install_flags: '/S'") }],
    good: [app(exe, quiet), "app:\n  '1.0':\n    full_name: 'App '\n", app(exe, "install_flags: |", "  /S")],
  },
  "url-double-slash": {
    bad: [app("installer: ⟦'https://example.com/dist//app.exe'⟧", quiet)],
    good: [app("installer: 'https://example.com/https://other.org/app.exe'", quiet), app(exe, quiet)],
  },
  "package-name-file-name": {
    bad: ["⟦other⟧:\n  '1.0':\n    full_name: App\n"],
    good: [app(), `${app()}more:\n  '1.0':\n    full_name: More\n`],
  },
  "unused-suppression": {
    bad: [
      { source: `${app(exe, quiet).trimEnd()}  # winrepo-lint: disable ⟦http-url⟧\n`, fixed: app(exe, quiet) },
      `# winrepo-lint: disable-file ⟦no-such-rule⟧\n${app()}`,
    ],
    good: [app("installer: 'http://example.com/app.exe'  # winrepo-lint: disable http-url", quiet)],
  },
};
