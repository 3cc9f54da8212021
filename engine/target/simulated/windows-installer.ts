import { existsSync } from "node:fs";
import { copyFile, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { InstallerError } from "../../installer/installer-error.js";
import { type MsiDatabase, readMsiFile } from "../../installer/msi.js";
import type { MsiMachine } from "../../installer/msi-machine.js";
import { type MsiProduct, productOf } from "../../installer/msi-product.js";
import { isPerUser, type MsiOutcome, simulateSequence } from "../../installer/msi-sequence.js";
import { guidToSquid, squidToGuid } from "../../installer/squid.js";
import type { HostFiles } from "../host-files.js";
import type { InstalledRecord, MachineState } from "./machine-state.js";
import { type RegistrationFacts, uninstallValues } from "./msi-registration.js";
import { type MsiexecCall, readMsiexecArguments } from "./msiexec-arguments.js";
import { msiError, type ProgramOutcome } from "./program-outcome.js";
import { removeRecord } from "./records.js";

const systemSid = "S-1-5-18";
const currentVersion = "Software\\Microsoft\\Windows\\CurrentVersion";
const installerClasses = "Software\\Classes\\Installer";
const installerCache = "C:\\Windows\\Installer";
const productCodePattern = /^\{[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\}$/i;

/** msiexec of a simulated machine: reads the real package and does to the registry what Windows Installer would do. */
export class WindowsInstaller {
  readonly #state: MachineState;
  readonly #files: HostFiles;

  constructor(state: MachineState, files: HostFiles) {
    this.#state = state;
    this.#files = files;
  }

  async run(args: readonly string[]): Promise<ProgramOutcome> {
    const call = readMsiexecArguments(args);
    if (call.invalid !== undefined || call.action === undefined || call.package === "") {
      const reason =
        call.invalid === undefined
          ? "names neither an action nor a package"
          : `has an argument it does not know: ${call.invalid}`;
      return { exitCode: msiError.invalidCommandLine, output: `msiexec: the command line ${reason}.` };
    }
    try {
      return await this.#dispatch(call);
    } catch (error) {
      if (!(error instanceof InstallerError)) throw error;
      return { exitCode: msiError.invalidPackage, output: `${call.package}: ${error.message}` };
    }
  }

  async #dispatch(call: MsiexecCall): Promise<ProgramOutcome> {
    const found = this.#open(call.package);
    if ("exitCode" in found) return found;
    const { msi, file } = found;
    const product = productOf(msi);
    switch (call.action) {
      case "install":
        return this.#install(msi, product, file, call);
      case "remove":
        return this.#remove(msi, product, call);
      case "repair":
        if (!this.#installed(product.productCode)) return notInstalled(product);
        return { exitCode: 0, notes: ["assumed: a repair changes nothing that is registered"] };
      default:
        return { exitCode: msiError.unsupported, output: "Only /i, /x and /f are simulated." };
    }
  }

  /** The package itself, or the copy that Windows Installer keeps of an installed product. */
  #open(named: string): { msi: MsiDatabase; file: string } | ProgramOutcome {
    const isCode = productCodePattern.test(named);
    const file = isCode ? this.#installed(named)?.package : named;
    if (file === undefined) {
      return { exitCode: msiError.notInstalled, output: `No product ${named} is installed.` };
    }
    if (!/^([a-z]:|[\\/]{2})/i.test(file) || !this.#files.exists(file)) {
      return { exitCode: msiError.cannotOpen, output: `The installation package could not be opened: ${file}` };
    }
    return { msi: readMsiFile(this.#files.local(file)), file };
  }

  async #install(msi: MsiDatabase, product: MsiProduct, file: string, call: MsiexecCall): Promise<ProgramOutcome> {
    if (product.platform !== "x86" && this.#state.bits === 32) {
      return { exitCode: msiError.wrongPlatform, output: `${product.name} is a package for ${product.platform}.` };
    }
    if (!call.quiet && msi.rows("Dialog").length > 0) return { exitCode: undefined, notes: [dialogNote] };
    const installed = this.#installed(product.productCode);
    if (installed) {
      const same = this.#sameBuild(installed.package, product);
      const reinstalls = /v/i.test(call.properties.get("REINSTALLMODE") ?? "");
      if (!same && !reinstalls) {
        return {
          exitCode: msiError.otherVersion,
          output: `Another build of ${product.name} with the same product code is installed.`,
        };
      }
      if (same) return { exitCode: 0, notes: [`read: ${product.name} ${product.version} is installed already`] };
    }
    const outcome = simulateSequence(msi, this.#machine(), { action: "install", properties: call.properties });
    if (outcome.refusal !== undefined) return refused(outcome);
    for (const code of outcome.replaces) await this.#unregister(code);
    await this.#register(product, file, outcome);
    const replaced = outcome.replaces.length > 0 ? `; it replaces ${outcome.replaces.join(", ")}` : "";
    return {
      exitCode: outcome.exitCode,
      notes: [
        `read: what is registered comes from the package's tables (${product.name} ${product.version})${replaced}`,
        ...outcome.notes,
      ],
    };
  }

  async #remove(msi: MsiDatabase, product: MsiProduct, call: MsiexecCall): Promise<ProgramOutcome> {
    if (!this.#installed(product.productCode)) return notInstalled(product);
    if (!call.quiet && msi.rows("Dialog").length > 0) return { exitCode: undefined, notes: [dialogNote] };
    const outcome = simulateSequence(msi, this.#machine(), { action: "remove", properties: call.properties });
    if (outcome.refusal !== undefined) return refused(outcome);
    await this.#unregister(product.productCode);
    return {
      exitCode: outcome.exitCode,
      notes: [`read: ${product.productCode} was removed as it was installed`, ...outcome.notes],
    };
  }

  #installed(productCode: string): (InstalledRecord & { package: string }) | undefined {
    return this.#state.products[productCode.toUpperCase()];
  }

  #sameBuild(cached: string, product: MsiProduct): boolean {
    const local = this.#files.local(cached);
    if (!existsSync(local)) return false;
    return readMsiFile(local).summary.packageCode === product.packageCode;
  }

  #machine(): MsiMachine {
    const { registry } = this.#state;
    return {
      bits: this.#state.bits,
      environment: (name) => this.#state.variable(name),
      isInstalled: (code) => this.#installed(code) !== undefined,
      related: (upgradeCode) => {
        const key = registry.key("HKLM", `${installerClasses}\\UpgradeCodes\\${guidToSquid(upgradeCode)}`, "64");
        return [...(key?.values.keys() ?? [])].map((squid) => {
          const properties = registry.key("HKLM", `${productKey(systemSid, squid)}\\InstallProperties`, "64");
          return {
            productCode: squidToGuid(squid),
            version: String(properties?.value("DisplayVersion")?.data ?? "0"),
            language: Number(properties?.value("Language")?.data ?? 0),
          };
        });
      },
    };
  }

  /** Files, the package's own registry values, and the keys by which Windows knows the product. */
  async #register(product: MsiProduct, file: string, outcome: MsiOutcome): Promise<void> {
    const { registry } = this.#state;
    const perUser = isPerUser(outcome.properties);
    const squid = guidToSquid(product.productCode);
    const record = {
      files: [...outcome.parts.files],
      keys: [] as InstalledRecord["keys"][number][],
      values: [] as InstalledRecord["values"][number][],
    };

    const cached = `${installerCache}\\${squid.slice(0, 8).toLowerCase()}.msi`;
    await mkdir(path.dirname(this.#files.local(cached)), { recursive: true });
    await copyFile(this.#files.local(file), this.#files.local(cached));
    for (const installed of outcome.parts.files) await this.#placeFile(installed);

    for (const { hive, key, name, type, data, view } of outcome.parts.values) {
      const place = hive === "HKCU" ? { hive: "HKU" as const, key: `${systemSid}\\${key}`, view } : { hive, key, view };
      const node = registry.ensure(place.hive, place.key, view);
      if (name === undefined) continue;
      node.setValue(name, { type, data });
      record.values.push({ ...place, name });
    }

    const facts: RegistrationFacts = {
      properties: outcome.properties,
      source: file.slice(0, file.lastIndexOf("\\") + 1),
      size: outcome.parts.size,
      date: new Date().toISOString().slice(0, 10).replaceAll("-", ""),
    };
    const values = uninstallValues(product, facts);
    const view = product.platform === "x86" ? ("32" as const) : ("64" as const);
    const uninstall = perUser
      ? { hive: "HKU" as const, key: `${systemSid}\\${currentVersion}\\Uninstall\\${product.productCode}`, view }
      : { hive: "HKLM" as const, key: `${currentVersion}\\Uninstall\\${product.productCode}`, view };
    const classes = perUser
      ? {
          hive: "HKU" as const,
          key: `${systemSid}\\Software\\Microsoft\\Installer\\Products\\${squid}`,
          view: "64" as const,
        }
      : { hive: "HKLM" as const, key: `${installerClasses}\\Products\\${squid}`, view: "64" as const };
    const described = { hive: "HKLM" as const, key: productKey(systemSid, squid), view: "64" as const };
    for (const [name, value] of values) {
      registry.ensure(uninstall.hive, uninstall.key, view).setValue(name, value);
      registry.ensure("HKLM", `${described.key}\\InstallProperties`, "64").setValue(name, value);
    }
    registry
      .ensure("HKLM", `${described.key}\\InstallProperties`, "64")
      .setValue("LocalPackage", { type: "REG_SZ", data: cached });
    const advertised = registry.ensure(classes.hive, classes.key, "64");
    advertised.setValue("ProductName", { type: "REG_SZ", data: product.name });
    advertised.setValue("PackageCode", { type: "REG_SZ", data: guidToSquid(product.packageCode) });
    advertised.setValue("Version", values.get("Version")!);
    advertised.setValue("Language", values.get("Language")!);
    record.keys.push(uninstall, classes, described);
    if (product.upgradeCode) {
      const key = `${installerClasses}\\UpgradeCodes\\${guidToSquid(product.upgradeCode)}`;
      registry.ensure("HKLM", key, "64").setValue(squid, { type: "REG_SZ", data: "" });
      record.values.push({ hive: "HKLM", key, view: "64", name: squid });
    }
    this.#state.products[product.productCode.toUpperCase()] = { ...record, package: cached };
  }

  async #unregister(productCode: string): Promise<void> {
    const record = this.#installed(productCode);
    if (!record) return;
    await removeRecord(this.#state, this.#files, record);
    await this.#files.remove(record.package);
    delete this.#state.products[productCode.toUpperCase()];
  }

  /** The content stays in the package's cabinet; what counts here is that the file is there. */
  async #placeFile(windowsPath: string): Promise<void> {
    const local = this.#files.local(windowsPath);
    await mkdir(path.dirname(local), { recursive: true });
    if (!existsSync(local)) await writeFile(local, "");
  }
}

const dialogNote = "read: the package has dialogs and was started without /quiet or /qn, so it waits for a person";

const productKey = (sid: string, squid: string): string =>
  `${currentVersion}\\Installer\\UserData\\${sid}\\Products\\${squid}`;

function notInstalled(product: MsiProduct): ProgramOutcome {
  return { exitCode: msiError.notInstalled, output: `${product.name} (${product.productCode}) is not installed.` };
}

function refused(outcome: MsiOutcome): ProgramOutcome {
  return {
    exitCode: outcome.exitCode,
    output: outcome.refusal,
    notes: [`read: the package refuses: ${outcome.refusal}`, ...outcome.notes],
  };
}
