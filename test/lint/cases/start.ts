import { app, exe, quiet, type RuleCases } from "./case.js";

/** Rules about what Windows can start. */
export const startCases: Readonly<Record<string, RuleCases>> = {
  "not-startable": {
    bad: [
      app("installer: ⟦'https://net.example.com/stable/windows'⟧", quiet),
      app("installer: ⟦'https://dl.example.com/files/1483377#'⟧", quiet),
      app("installer: ⟦'salt://win/repo-ng/app/update.msu'⟧", quiet),
      app("installer: ⟦'salt://win/repo-ng/app/fix.msp'⟧", "msiexec: True", "install_flags: '/qn'"),
      app("installer: ⟦'https://example.com/app.zip'⟧", quiet),
      app("installer: ⟦'https://example.com/app.msix'⟧", quiet),
      app("installer: ⟦'https://example.com/app.application'⟧", quiet),
      app(exe, quiet, "uninstaller: ⟦'C:\\App\\remove.ps1'⟧"),
      app("installer: ⟦'salt://win/repo-ng/app/install.vbs'⟧", quiet),
    ],
    good: [
      app("installer: 'https://net.example.com/stable/windows'", "msiexec: True", "install_flags: '/qn'"),
      app("installer: 'https://example.com/app.exe?x=1'", quiet),
      app("installer: 'powershell.exe'", "install_flags: '-File C:\\x.ps1'"),
      app(exe, quiet, "uninstaller: 'msiexec'", "uninstall_flags: '/x {GUID} /qn'"),
      app("installer: 'salt://win/repo-ng/app/install.cmd'", quiet),
      app(exe, quiet, "uninstaller: 'powershell -File C:\\App\\remove.ps1'"),
    ],
  },
  "shell-syntax-in-flags": {
    bad: [
      app(exe, "install_flags: ⟦'/S && del C:\\app.lnk'⟧"),
      app(exe, "install_flags: ⟦'/S & echo x'⟧"),
      app(exe, "install_flags: ⟦'/S > C:\\log.txt'⟧"),
      app(exe, "install_flags: ⟦'/S /LOG=%TEMP%\\app.log'⟧"),
      app(exe, "install_flags: ⟦'/S | more'⟧"),
      app("installer: 'https://example.com/a.msi'", "msiexec: True", "install_flags: ⟦'/qn /l*v %TEMP%\\a.log'⟧"),
      app(exe, quiet, "uninstaller: 'C:\\App\\u.exe'", "uninstall_flags: ⟦'/S || exit 0'⟧"),
    ],
    good: [
      app("installer: 'cmd.exe'", "install_flags: '/c copy a b && del c'"),
      app("installer: 'C:\\Windows\\System32\\cmd.exe'", "install_flags: '/c copy a b > %TEMP%\\x'"),
      app("installer: 'salt://win/repo-ng/app/setup.cmd'", "install_flags: '%TEMP%'"),
      app(exe, "install_flags: '/S /URL=\"https://example.com/?a=1 & b\"'"),
      app(exe, "install_flags: '/S /URL=https://example.com/?a=1&b=2 /A|B'"),
      app(exe, "install_flags: '/S /P=100%'"),
    ],
  },
};
