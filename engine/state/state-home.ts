import { userInfo } from "node:os";
import path from "node:path";

export interface StateWorld {
  readonly env: { readonly [name: string]: string | undefined };
  readonly platform?: NodeJS.Platform;
  /** The home folder of the account, when the environment does not say. */
  readonly accountHome?: () => string;
}

/**
 * The folder of everything that Winrepo keeps on this machine: `$WINREPO_STATE`, else the platform's place for state:
 * `$XDG_STATE_HOME/winrepo` or `~/.local/state/winrepo`, `~/Library/Application Support/winrepo` on macOS,
 * `%LOCALAPPDATA%\winrepo` on Windows. Undefined when there is no home folder, either.
 * (The package env-paths has no place for state, and reads the environment once, when it is loaded.)
 */
export function stateHome({
  env,
  platform = process.platform,
  accountHome = homeOfAccount,
}: StateWorld): string | undefined {
  const style = platform === "win32" ? path.win32 : path.posix;
  const absolute = (folder: string | undefined) => (folder && style.isAbsolute(folder) ? folder : undefined);
  if (env.WINREPO_STATE) return style.resolve(env.WINREPO_STATE);
  const home = () => absolute(platform === "win32" ? env.USERPROFILE : env.HOME) ?? absolute(accountHome());
  const below = (...names: string[]) => {
    const folder = home();
    return folder === undefined ? undefined : style.join(folder, ...names);
  };
  switch (platform) {
    case "win32":
      return absolute(env.LOCALAPPDATA)
        ? style.join(env.LOCALAPPDATA as string, "winrepo")
        : below("AppData", "Local", "winrepo");
    case "darwin":
      return below("Library", "Application Support", "winrepo");
    default:
      // The XDG base directory specification has relative paths ignored.
      return absolute(env.XDG_STATE_HOME)
        ? style.join(env.XDG_STATE_HOME as string, "winrepo")
        : below(".local", "state", "winrepo");
  }
}

/** An account without an entry, as in a container that runs under any number, has none. */
function homeOfAccount(): string {
  try {
    return userInfo().homedir;
  } catch {
    return "";
  }
}
