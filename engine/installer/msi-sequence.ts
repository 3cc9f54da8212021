import { InstallerError } from "./installer-error.js";
import type { MsiDatabase, MsiRow } from "./msi.js";
import { evaluateCondition, propertiesOf } from "./msi-condition.js";
import { MsiFolders } from "./msi-folders.js";
import { formatText } from "./msi-formatted.js";
import { type MsiMachine, type RelatedProduct, standardProperties } from "./msi-machine.js";
import { compareProductVersions, type MsiProduct, productOf } from "./msi-product.js";
import { type InstalledParts, selectParts } from "./msi-selection.js";

export interface MsiRequest {
  readonly action: "install" | "remove";
  /** Public properties of the command line. */
  readonly properties: ReadonlyMap<string, string>;
}

/** What Windows Installer would do with a package. */
export interface MsiOutcome {
  /** 0, or 1603 for a refusal; 3010 or 1641 where the package asks for a restart. */
  readonly exitCode: number;
  /** Why it refused, in the package's own words. */
  readonly refusal: string | undefined;
  /** Product codes of older versions that go first. */
  readonly replaces: readonly string[];
  readonly parts: InstalledParts;
  readonly properties: ReadonlyMap<string, string>;
  /** Plain remarks on what was left out of account. */
  readonly notes: readonly string[];
}

const onlyDetect = 0x2;
const minInclusive = 0x100;
const maxInclusive = 0x200;
const languagesExclusive = 0x400;

const actionTypeMask = 0x3f;
const setErrorType = 19;
const setFolderType = 35;
const setPropertyType = 51;

/**
 * Simulates a package's execute sequence without touching anything: searches for related products, launch conditions, actions
 * that set properties or refuse. Programs and libraries that the package would run are not run; the notes name them.
 */
export function simulateSequence(msi: MsiDatabase, machine: MsiMachine, request: MsiRequest): MsiOutcome {
  return new SequenceRun(msi, productOf(msi), machine, request).run();
}

/** For one user's account only, not for the machine. */
export function isPerUser(properties: ReadonlyMap<string, string>): boolean {
  const allUsers = properties.get("ALLUSERS") ?? "";
  return allUsers === "" || (allUsers === "2" && properties.get("MSIINSTALLPERUSER") === "1");
}

/** Characters of conditions, texts and paths that a package may make us read and write. */
const maxCharacters = 32 * 1024 ** 2;

class SequenceRun {
  #characters = 0;
  readonly #components: ReadonlyMap<string, MsiRow>;
  #files: ReadonlyMap<string, MsiRow> | undefined;
  readonly #properties: Map<string, string>;
  readonly #folders: MsiFolders;
  readonly #replaces = new Set<string>();
  readonly #notRun: string[] = [];
  readonly #notes: string[] = [];
  #refusal: string | undefined;
  #restart = false;
  readonly #searched: ReadonlySet<string>;
  readonly #msi: MsiDatabase;
  readonly #product: MsiProduct;
  readonly #machine: MsiMachine;
  readonly #request: MsiRequest;

  constructor(msi: MsiDatabase, product: MsiProduct, machine: MsiMachine, request: MsiRequest) {
    this.#msi = msi;
    this.#product = product;
    this.#machine = machine;
    this.#request = request;
    this.#properties = new Map([...standardProperties(product, machine), ...product.properties, ...request.properties]);
    if (request.action === "remove") this.#properties.set("REMOVE", "ALL");
    this.#folders = new MsiFolders(msi, this.#properties);
    this.#components = new Map(msi.rows("Component").map((row) => [String(row.Component), row]));
    this.#searched = new Set(msi.rows("AppSearch").map((row) => String(row.Property)));
  }

  run(): MsiOutcome {
    const actions = new Map(this.#msi.rows("CustomAction").map((row) => [String(row.Action), row]));
    for (const step of inOrder(this.#msi.rows("InstallExecuteSequence"))) {
      if (this.#refusal !== undefined) break;
      if (!this.#holds(step.Condition)) continue;
      const name = String(step.Action);
      const custom = actions.get(name);
      if (custom) this.#custom(name, custom);
      else this.#standard(name);
    }
    if (this.#notRun.length > 0)
      this.#notes.push(`assumed: the package's own actions were not run (${listed(this.#notRun)})`);
    return {
      exitCode: this.#refusal !== undefined ? 1603 : this.#restart ? this.#restartCode() : 0,
      refusal: this.#refusal,
      replaces: this.#refusal === undefined ? [...this.#replaces] : [],
      parts: selectParts(this.#msi, {
        bits: this.#machine.bits,
        perUser: isPerUser(this.#properties),
        properties: this.#properties,
        path: (folder) => this.#path(folder),
        format: (text) => this.#format(text),
        holds: (condition) => this.#holds(condition),
      }),
      properties: this.#properties,
      notes: this.#notes,
    };
  }

  #standard(action: string): void {
    if (action === "FindRelatedProducts") this.#findRelated();
    else if (action === "LaunchConditions") this.#checkLaunch();
    else if (action === "RemoveExistingProducts") this.#removeExisting();
    else if (action === "ScheduleReboot" || action === "ForceReboot") this.#restart = true;
  }

  #custom(name: string, row: MsiRow): void {
    const target = String(row.Target ?? "");
    switch (Number(row.Type) & actionTypeMask) {
      case setErrorType:
        this.#refusal = this.#format(target) || `action ${name}`;
        break;
      case setPropertyType:
      case setFolderType:
        this.#properties.set(String(row.Source), this.#format(target));
        break;
      default:
        this.#notRun.push(name);
    }
  }

  /** A product that is there already is maintained, and its related products are not searched for. */
  #findRelated(): void {
    if (this.#properties.has("Installed")) return;
    for (const row of this.#msi.rows("Upgrade")) {
      const found = this.#relatedTo(row);
      const property = String(row.ActionProperty ?? "");
      const before = this.#properties.get(property);
      if (found.length === 0 || !property) continue;
      this.#properties.set(property, [...(before ? [before] : []), ...found.map((one) => one.productCode)].join(";"));
    }
  }

  #removeExisting(): void {
    for (const row of this.#msi.rows("Upgrade")) {
      if (Number(row.Attributes) & onlyDetect) continue;
      const detected = this.#properties.get(String(row.ActionProperty ?? "")) ?? "";
      for (const code of detected.split(";").filter(Boolean)) this.#replaces.add(code);
    }
  }

  #relatedTo(row: MsiRow): RelatedProduct[] {
    const attributes = Number(row.Attributes);
    const { VersionMin: low, VersionMax: high } = row;
    const languages = String(row.Language ?? "")
      .split(",")
      .filter(Boolean)
      .map(Number);
    return this.#machine.related(String(row.UpgradeCode)).filter(({ productCode, version, language }) => {
      if (productCode.toUpperCase() === this.#product.productCode.toUpperCase()) return false;
      const fromLow = low ? compareProductVersions(version, String(low)) : 1;
      const toHigh = high ? compareProductVersions(String(high), version) : 1;
      const inRange =
        (fromLow > 0 || (fromLow === 0 && (attributes & minInclusive) !== 0)) &&
        (toHigh > 0 || (toHigh === 0 && (attributes & maxInclusive) !== 0));
      if (!inRange || languages.length === 0) return inRange;
      return languages.includes(language) === ((attributes & languagesExclusive) === 0);
    });
  }

  #checkLaunch(): void {
    for (const row of this.#msi.rows("LaunchCondition")) {
      const condition = String(row.Condition);
      if (this.#holds(condition)) continue;
      const sought = propertiesOf(condition).filter((name) => this.#searched.has(name));
      if (sought.length > 0) {
        this.#notes.push(
          `assumed: the launch condition on ${listed(sought)} holds; the package searches the machine for it`,
        );
        continue;
      }
      this.#refusal = this.#format(String(row.Description ?? "")) || condition;
      return;
    }
  }

  /** Without a person to ask, Windows restarts at once unless the caller forbids it. */
  #restartCode(): number {
    return /^(R|S)/i.test(this.#properties.get("REBOOT") ?? "") ? 3010 : 1641;
  }

  #holds(condition: unknown): boolean {
    const text = String(condition ?? "");
    this.#count(text);
    return evaluateCondition(text, {
      property: (name) => this.#properties.get(name),
      environment: (name) => this.#machine.environment(name),
      state: (kind) => {
        const isThere = this.#properties.has("Installed");
        if (kind === "?" || kind === "!") return isThere ? 3 : 2;
        return this.#request.action === "remove" ? 2 : 3;
      },
    });
  }

  #format(text: string): string {
    this.#count(text);
    return formatText(text, {
      property: (name) => this.#count(this.#folders.has(name) ? this.#folders.path(name) : this.#properties.get(name)),
      environment: (name) => this.#count(this.#machine.environment(name)),
      file: (key) => this.#fileOf(key),
      component: (key) => {
        const row = this.#components.get(key);
        return row && this.#path(String(row.Directory_));
      },
    });
  }

  #fileOf(key: string): string | undefined {
    this.#files ??= new Map(this.#msi.rows("File").map((row) => [String(row.File), row]));
    const file = this.#files.get(key);
    const component = file && this.#components.get(String(file.Component_));
    if (!file || !component) return undefined;
    const name = String(file.FileName);
    return this.#path(String(component.Directory_)) + name.slice(name.indexOf("|") + 1);
  }

  #path(folder: string): string {
    return this.#count(this.#folders.path(folder));
  }

  /** A package of a few kilobytes can refer to its texts so often that no machine gets through. */
  #count<Text extends string | undefined>(text: Text): Text {
    this.#characters += 1 + (text?.length ?? 0);
    if (this.#characters > maxCharacters) {
      throw new InstallerError("Winrepo stopped: the package's conditions and texts refer to each other without end.");
    }
    return text;
  }
}

function inOrder(rows: readonly MsiRow[]): MsiRow[] {
  return rows.filter((row) => Number(row.Sequence) > 0).sort((a, b) => Number(a.Sequence) - Number(b.Sequence));
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 3).join(", ");
  return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown;
}
