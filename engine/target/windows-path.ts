import { win32 } from "node:path";
import { TargetError } from "./target.js";

const device = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\.|:|$)/i;

/**
 * The parts of an absolute Windows path: `["C:", "Program Files", "x"]`, `["", "server", "share", "x"]` for UNC.
 * Refuses what a machine must not be asked for: relative paths, devices, names that Windows cannot hold.
 */
export function pathParts(path: string): string[] {
  const normal = win32.normalize(path.replaceAll("/", "\\"));
  const drive = /^([A-Za-z]):\\(.*)$/s.exec(normal);
  const share = /^\\\\([^\\?.][^\\]*)\\([^\\]+)\\?(.*)$/s.exec(normal);
  if (!drive && !share) throw new TargetError(`Not an absolute Windows path: ${path}`);
  const names = (drive ? drive[2]! : share![3]!).split("\\").filter((name) => name !== "");
  for (const name of names) {
    if (device.test(name)) throw new TargetError(`${path} names a device (${name}), not a file.`);
    if (/[<>:"|?*\u0000-\u001f]/.test(name))
      throw new TargetError(`Windows cannot have a file named ${name} (${path}).`);
  }
  return drive ? [`${drive[1]!.toUpperCase()}:`, ...names] : ["", share![1]!, share![2]!, ...names];
}

/** `%NAME%` → value, without regard to case; unknown names stay as they are. */
export function expandPercent(text: string, lookup: (name: string) => string | undefined): string {
  return text.replace(/%([^%]+)%/g, (whole, name: string) => lookup(name) ?? whole);
}
