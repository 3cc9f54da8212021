import { guidToSquid } from "../installer/squid.js";
import type {
  RegistryHive,
  RegistryKey,
  RegistryPart,
  RegistryReader,
  RegistryView,
  Target,
} from "../target/target.js";
import { registryFlag, registryNumber, registryText, registryValue } from "./listing/registry-values.js";
import { Semaphore } from "./listing/semaphore.js";

/** One entry that Salt takes for installed software, and where it stands. */
export interface InstalledEntry {
  /** `DisplayName`, unchanged. */
  readonly name: string;
  /** `DisplayVersion`, or `Not Found`. */
  readonly version: string;
  readonly hive: RegistryHive;
  readonly view: RegistryView;
  /** The whole key below the hive. */
  readonly key: string;
  readonly uninstallString: string | undefined;
  readonly quietUninstallString: string | undefined;
  /** Set by Windows Installer: the key's own name is then the product code. */
  readonly windowsInstaller: boolean;
}

export interface SoftwareFilter {
  /** Keep entries marked as system components (most parts of larger MSI products). Salt's default: true. */
  readonly includeComponents?: boolean;
  /** Keep updates: `ReleaseType` of an update, or a name like KB123456. Salt's default: true. */
  readonly includeUpdates?: boolean;
}

const uninstallKey = "Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall";
const machineProducts = "Software\\Classes\\Installer\\Products";
const userProducts = "Software\\Microsoft\\Installer\\Products";
const userData = (sid: string) => `Software\\Microsoft\\Windows\\CurrentVersion\\Installer\\UserData\\${sid}\\Products`;

const views: readonly RegistryView[] = ["64", "32"];
const updateTypes: readonly string[] = ["Hotfix", "Security Update", "Update Rollup"];

/** How many keys are read at a time: over ssh each costs a round trip, and a server grants about ten sessions. */
const concurrentReads = 6;

/**
 * Salt's five passes over the registry, in its order (salt-reference §5.1). Duplicates are kept; list_pkgs removes
 * them.
 */
export async function installedSoftware(
  target: Target,
  filter: SoftwareFilter = {},
  signal?: AbortSignal,
): Promise<InstalledEntry[]> {
  const registry = (await target.readParts?.(partsRead, signal)) ?? target;
  const sweep = new RegistryScan(registry, filter, signal);
  const passes = await Promise.all([
    ...views.map((view) => sweep.uninstallKeys("HKLM", uninstallKey, view)),
    sweep.machineProducts(),
    ...views.map((view) => sweep.users(view)),
  ]);
  return passes.flat();
}

/** What the passes read, for a machine that can be asked for all of it at once. */
const partsRead: readonly RegistryPart[] = [
  { hive: "HKLM", view: "64", key: userData("S-1-5-18"), depth: 1 },
  ...views.flatMap((view): RegistryPart[] => [
    { hive: "HKLM", view, key: uninstallKey, depth: 1 },
    { hive: "HKLM", view, key: machineProducts, depth: 1 },
    { hive: "HKU", view, key: "", depth: 1 },
    { hive: "HKU", view, key: "", below: uninstallKey, depth: 1 },
    { hive: "HKU", view, key: "", below: userProducts, depth: 1 },
  ]),
];

class RegistryScan {
  readonly #products = new Map<RegistryView, Promise<Products>>();
  readonly #semaphore = new Semaphore(concurrentReads);
  readonly #registry: RegistryReader;
  readonly #filter: SoftwareFilter;
  readonly #signal: AbortSignal | undefined;

  constructor(registry: RegistryReader, filter: SoftwareFilter, signal: AbortSignal | undefined) {
    this.#registry = registry;
    this.#filter = filter;
    this.#signal = signal;
  }

  /** Passes 1 and 2, and part (a) of 4 and 5. */
  async uninstallKeys(hive: RegistryHive, key: string, view: RegistryView): Promise<InstalledEntry[]> {
    const parent = await this.#read(hive, key, view, 1);
    if (!parent?.subkeys.length) return [];
    const products = await this.#productsOf(view);
    return parent.subkeys.flatMap((entry) => {
      if (this.#isSkippedComponent(entry) || isOrphanOfInstaller(entry, products)) return [];
      if (!registryFlag(entry, "NoRemove") && !registryValue(entry, "UninstallString")) return [];
      if (this.#isSkippedUpdate(entry) || registryValue(entry, "ParentKeyName")) return [];
      return this.#entry(entry, hive, `${key}\\${entry.name}`, view);
    });
  }

  /** Pass 3. Windows stores `ProductName` in these keys and no `DisplayName`, so it rarely finds anything. */
  async machineProducts(): Promise<InstalledEntry[]> {
    const [described, products] = await Promise.all([
      this.#read("HKLM", userData("S-1-5-18"), "64", 1),
      this.#productsOf("64"),
    ]);
    const known = new Set(described?.subkeys.map((key) => key.name.toLowerCase()));
    return products.keys.flatMap((entry) => {
      if (!known.has(entry.name.toLowerCase())) return [];
      if (this.#isSkippedComponent(entry) || isOrphanOfInstaller(entry, products)) return [];
      return this.#entry(entry, "HKLM", `${machineProducts}\\${entry.name}`, "64");
    });
  }

  /** Passes 4 and 5: the users whose hives are loaded. */
  async users(view: RegistryView): Promise<InstalledEntry[]> {
    const users = await this.#read("HKU", "", view, 1);
    const found = await Promise.all(
      (users?.subkeys ?? []).flatMap(({ name: sid }) => [
        this.uninstallKeys("HKU", `${sid}\\${uninstallKey}`, view),
        this.#userProducts(sid, view),
      ]),
    );
    return found.flat();
  }

  /** Part (b) of passes 4 and 5: what the user installed with Windows Installer, described in HKLM. */
  async #userProducts(sid: string, view: RegistryView): Promise<InstalledEntry[]> {
    const products = await this.#read("HKU", `${sid}\\${userProducts}`, view, 1);
    if (!products?.subkeys.length) return [];
    const described = await this.#read("HKLM", userData(sid), view, 2);
    return products.subkeys.flatMap(({ name: squid }) => {
      const properties = subkey(subkey(described, squid), "InstallProperties");
      if (!properties || this.#isSkippedComponent(properties)) return [];
      return this.#entry(properties, "HKLM", `${userData(sid)}\\${squid}\\InstallProperties`, view);
    });
  }

  #isSkippedComponent(key: RegistryKey): boolean {
    return this.#filter.includeComponents === false && registryFlag(key, "SystemComponent");
  }

  #isSkippedUpdate(key: RegistryKey): boolean {
    if (this.#filter.includeUpdates !== false) return false;
    const type = registryValue(key, "ReleaseType")?.data;
    return typeof type === "string" && updateTypes.includes(type);
  }

  /** Name and version of one key (salt-reference §5.2). Nothing is trimmed, folded or expanded. */
  #entry(key: RegistryKey, hive: RegistryHive, path: string, view: RegistryView): InstalledEntry[] {
    const name = registryText(key, "DisplayName");
    if (name === undefined || name === "(value not set)") return [];
    if (this.#filter.includeUpdates === false && /^KB[0-9]{6}/.test(name)) return [];
    const entry: InstalledEntry = {
      name,
      version: displayVersion(key),
      hive,
      view,
      key: path,
      uninstallString: registryText(key, "UninstallString"),
      quietUninstallString: registryText(key, "QuietUninstallString"),
      windowsInstaller: registryFlag(key, "WindowsInstaller"),
    };
    return [entry];
  }

  #productsOf(view: RegistryView): Promise<Products> {
    let products = this.#products.get(view);
    if (!products) {
      products = this.#read("HKLM", machineProducts, view, 1).then((key) => new Products(key));
      this.#products.set(view, products);
    }
    return products;
  }

  async #read(hive: RegistryHive, key: string, view: RegistryView, depth: number): Promise<RegistryKey | undefined> {
    return this.#semaphore.run(() => {
      this.#signal?.throwIfAborted();
      return this.#registry.readRegistry(hive, key, view, depth, this.#signal);
    });
  }
}

/** `HKLM\Software\Classes\Installer\Products` in one view. */
class Products {
  readonly keys: readonly RegistryKey[];
  readonly #squids: ReadonlySet<string>;

  constructor(key: RegistryKey | undefined) {
    this.keys = key?.subkeys ?? [];
    // The empty squid of a name that is no GUID makes Salt look for `…\Products\`, which is the key itself.
    this.#squids = new Set([...this.keys.map(({ name }) => name.toLowerCase()), ...(key ? [""] : [])]);
  }

  has(squid: string): boolean {
    return this.#squids.has(squid.toLowerCase());
  }
}

/** An entry that says Windows Installer made it, of a product that Windows Installer does not know. */
function isOrphanOfInstaller(key: RegistryKey, products: Products): boolean {
  return registryFlag(key, "WindowsInstaller") && !products.has(guidToSquid(key.name));
}

function displayVersion(key: RegistryKey): string {
  const value = registryValue(key, "DisplayVersion");
  if (value?.type === "REG_DWORD") return String(registryNumber(value) ?? "Not Found");
  const text = registryText(key, "DisplayVersion");
  return text && text !== "(value not set)" ? text : "Not Found";
}

function subkey(key: RegistryKey | undefined, name: string): RegistryKey | undefined {
  const wanted = name.toLowerCase();
  return key?.subkeys.find((candidate) => candidate.name.toLowerCase() === wanted);
}
