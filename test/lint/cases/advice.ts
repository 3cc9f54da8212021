import { app, exe, quiet, type RuleCases } from "./case.js";

/** Rules that advise. */
export const adviceCases: Readonly<Record<string, RuleCases>> = {
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
    bad: [
      app("installer: '⟦http⟧://example.com/app.exe'", quiet),
      app("installer: '⟦http⟧://127.0.0.1.example.com/app.exe'", quiet),
    ],
    good: [
      app(exe, quiet),
      app("installer: 'http://127.0.0.1:8421/app.exe'", quiet),
      app("installer: 'http://localhost/app.exe'", quiet),
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
};
