import type { Profile } from "../config/profile.js";
import { questionKey, type TargetQuestion } from "../render/target-questions.js";
import type { WinrepoData } from "../repo/database.js";
import type { RegistryKey, RegistryValue, Target } from "../target/target.js";
import type { Json } from "../value/types.js";
import { installedVersion, joinVersions, listPkgs } from "./list-pkgs.js";

/** What comes of rendering definitions: the questions that stood in the way, and the packages of the others. */
interface Rendering {
  readonly questions: readonly TargetQuestion[];
  data(): WinrepoData;
}

/** How often definitions are rendered: each answer may lead to a further question. */
const maxRounds = 16;

/**
 * Renders with the facts of a machine: what templates ask of it by read-only functions is asked there, all at once, and they
 * are rendered again with the answers, until they ask for nothing new. The rest is refused, as for any profile.
 * @returns the last rendering, and the profile with all answers
 */
export async function renderWithAnswers<R extends Rendering>(
  target: Target,
  profile: Profile,
  render: (profile: Profile) => Promise<R>,
  signal?: AbortSignal,
): Promise<{ readonly result: R; readonly profile: Profile }> {
  if (!target.variables) return { result: await render(profile), profile };
  let known: Profile = { ...profile, answers: {} };
  for (let round = 1; ; round++) {
    const result = await render(known);
    const open = result.questions.filter((question) => !Object.hasOwn(known.answers ?? {}, questionKey(question)));
    if (open.length === 0 || round === maxRounds) return { result, profile: known };
    const answers: { [question: string]: Json } = { ...known.answers };
    const machine = new Answering(target, result.data(), signal);
    for (const question of open) answers[questionKey(question)] = await machine.answer(question);
    known = { ...known, answers };
  }
}

/** The answers of Salt's functions (salt-reference §3.2) about one machine. */
class Answering {
  readonly #target: Target;
  readonly #data: WinrepoData;
  readonly #signal: AbortSignal | undefined;

  constructor(target: Target, data: WinrepoData, signal: AbortSignal | undefined) {
    this.#target = target;
    this.#data = data;
    this.#signal = signal;
  }

  async answer([name, ...args]: TargetQuestion): Promise<Json> {
    switch (name) {
      case "file.file_exists":
        return this.#isPath(args[0], "file");
      case "file.directory_exists":
        return this.#isPath(args[0], "folder");
      case "reg.key_exists":
        return (await this.#key(args[0], args[1], args[2])) !== undefined;
      case "reg.list_keys": {
        const key = await this.#key(args[0], args[1], args[2], 1);
        return key?.subkeys.map((subkey) => subkey.name) ?? [false, `Cannot find key: ${args[0]}\\${args[1]}`];
      }
      case "reg.value_exists":
        return registryValueOf(await this.#key(args[0], args[1], args[3]), args[2]) !== undefined;
      case "reg.read_value":
        return readValue(args, await this.#key(args[0], args[1], args[3]));
      case "pkg.list_pkgs": {
        const filter = { includeComponents: args[1] !== false, includeUpdates: args[2] !== false };
        const packages = await listPkgs(this.#target, this.#data, filter, this.#signal);
        return args[0] === true
          ? Object.fromEntries([...packages].map(([key, versions]) => [key, [...versions]]))
          : joinVersions(packages);
      }
      default:
        return installedVersion(await listPkgs(this.#target, this.#data, {}, this.#signal), args.map(String));
    }
  }

  async #isPath(path: Json | undefined, wanted: "file" | "folder"): Promise<boolean> {
    const name = String(path ?? "");
    const isFolder = (await this.#target.isFolder?.(name)) ?? false;
    return wanted === "folder" ? isFolder : !isFolder && (await this.#target.exists(name));
  }

  async #key(hive: Json | undefined, key: Json | undefined, use32: Json | undefined, depth: number = 0) {
    const name = /^(HKEY_USERS|HKU)$/i.test(String(hive)) ? "HKU" : "HKLM";
    return this.#target.readRegistry(name, String(key ?? ""), use32 === true ? "32" : "64", depth, this.#signal);
  }
}

function registryValueOf(key: RegistryKey | undefined, name: Json | undefined): RegistryValue | undefined {
  const wanted = String(name ?? "").toLowerCase();
  return [...(key?.values ?? [])].find(([candidate]) => candidate.toLowerCase() === wanted)?.[1];
}

/** The mapping of salt.utils.win_reg.read_value. */
function readValue([hive, path, vname]: readonly Json[], key: RegistryKey | undefined): Json {
  const found = registryValueOf(key, vname);
  const asked = { hive: hive ?? "", key: path ?? "", vname: vname ?? "(Default)" };
  const where = `${String(hive)}\\${String(path)}`;
  if (!key) return { ...asked, vdata: null, success: false, comment: `Cannot find key: ${where}` };
  if (found) {
    const { data, type } = found;
    return { ...asked, vdata: typeof data === "object" ? [...data] : data, success: true, vtype: type };
  }
  if (!vname) return { ...asked, vdata: "(value not set)", success: true, vtype: "REG_SZ" };
  return { ...asked, vdata: null, success: false, comment: `Cannot find ${String(vname)} in ${where}` };
}
