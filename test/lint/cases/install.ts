import { app, exe, guid, msi, quiet, type RuleCases } from "./case.js";

/** Rules about what goes wrong at install or remove. */
export const installCases: Readonly<Record<string, RuleCases>> = {
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
      app(exe, quiet, `source_hash: ⟦sha3_256=${"a".repeat(64)}⟧`),
      app(exe, quiet, `source_hash: ⟦blake2b=${"a".repeat(128)}⟧`),
      app(exe, quiet, "source_hash: ⟦shazam=abc⟧"),
    ],
    good: [
      app(exe, quiet, "source_hash: md5=D41D8CD98F00B204E9800998ECF8427E"),
      app(exe, quiet, "source_hash: 'https://example.com/app.sha256'"),
    ],
  },
  "cache-not-salt": {
    bad: [app(exe, quiet, "⟦cache_dir⟧: True"), app(exe, quiet, "cache_file: ⟦'https://example.com/a.ini'⟧")],
    good: [
      app("installer: 'salt://win/app/app.exe'", quiet, "cache_dir: True"),
      app(exe, quiet, "cache_dir: False"),
      app("cache_dir: True"),
    ],
  },
  "salt-file-missing": {
    bad: [
      app("installer: ⟦'salt://win/repo-ng/app/my%20setup.exe'⟧", quiet),
      app("installer: ⟦'salt://win/repo-ng/ap/my setup.exe'⟧", quiet),
      app("installer: ⟦'salt://win/repo-ng/app/My Setup.EXE'⟧", quiet),
      app("installer: ⟦'salt://win/repo-ng/tools/app/app.exe'⟧", quiet),
      app("installer: ⟦'salt://win/repo-ng/tools/_/_/app/app.exe'⟧", quiet),
      app("cache_file: ⟦'salt://win/repo-ng/app/quite-other.ini'⟧"),
    ],
    good: [
      app("installer: 'salt://win/repo-ng/app/my setup.exe'", quiet),
      app("installer: 'salt://win//repo-ng/./app/my setup.exe'", quiet),
      app("installer: 'salt://win/repo-ng/only/setup.exe'", quiet),
      app("installer: 'salt://apps/elsewhere/setup.exe'", quiet),
      app("installer: 'salt://win/repo-ng/app/other.exe?saltenv=prod'", quiet),
      app("installer: 'https://example.com/win/repo-ng/app/other.exe'", quiet),
    ],
  },
  "own-file-in-checkout": {
    bad: ["⟦app⟧:\n  '1.0':\n    full_name: App\n"],
    good: ["# nothing yet\n"],
  },
  "cache-dir-of-root": {
    bad: [
      app("installer: 'salt://win/repo-ng/app.exe'", quiet, "⟦cache_dir⟧: True"),
      app("installer: 'salt://app.exe?saltenv=prod'", quiet, "⟦cache_dir⟧: 'yes'"),
      app("uninstaller: 'salt://win/repo-ng/salt-winrepo-ng/_/remove.cmd'", quiet, "⟦cache_dir⟧: True"),
      app("installer: 'salt://win//repo-ng/./app.exe'", quiet, "⟦cache_dir⟧: True"),
    ],
    good: [
      app("installer: 'salt://win/repo-ng/app/app.exe'", quiet, "cache_dir: True"),
      app("installer: 'salt://win/repo-ng/app.exe'", quiet, "cache_dir: False"),
      app("installer: 'salt://win/repo-ng/salt-winrepo-ng/_/app/app.exe'", quiet, "cache_dir: True"),
      app("installer: 'salt://win/repo-ng/app.exe'", quiet),
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
};
