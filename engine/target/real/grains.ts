import type { Json } from "../../value/types.js";
import type { RegistryKey, Target } from "../target.js";

const currentVersion = "Software\\Microsoft\\Windows NT\\CurrentVersion";
const tcpipKey = "SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters";

/**
 * The grains that package definitions use, worked out from the registry and the environment as Salt's core grains
 * name them. Those that only a minion knows (`id`, `master`, `roles` …) are left to the profile.
 */
export async function readGrains(target: Target, signal?: AbortSignal): Promise<{ [name: string]: Json }> {
  const parts = [currentVersion, tcpipKey].map((key) => ({ hive: "HKLM", view: "64", key, depth: 0 }) as const);
  const registry = (await target.readParts?.(parts, signal)) ?? target;
  const version = await registry.readRegistry("HKLM", currentVersion, "64", 0, signal);
  const text = (key: RegistryKey | undefined, name: string): string => {
    const data = key?.values.get(name)?.data;
    return typeof data === "string" || typeof data === "number" ? String(data) : "";
  };
  const build = text(version, "CurrentBuild") || "0";
  const major = text(version, "CurrentMajorVersionNumber");
  const osversion = major
    ? `${major}.${text(version, "CurrentMinorVersionNumber") || "0"}.${build}`
    : `${text(version, "CurrentVersion")}.${build}`;
  const productName = text(version, "ProductName");
  const osfullname = fullName(productName, Number(build));
  const osrelease = releaseOf(osfullname);
  const wow = await target.expandEnvironment("%PROCESSOR_ARCHITEW6432%");
  const cpuarch = wow.startsWith("%") ? await target.expandEnvironment("%PROCESSOR_ARCHITECTURE%") : wow;
  const tcpip = await registry.readRegistry("HKLM", tcpipKey, "64", 0, signal);
  const host = text(tcpip, "Hostname") || (await target.expandEnvironment("%COMPUTERNAME%"));
  const domain = text(tcpip, "Domain");
  const number = Number.parseInt(osrelease, 10);
  return {
    kernel: "Windows",
    os: "Windows",
    os_family: "Windows",
    osrelease,
    osmajorrelease: Number.isNaN(number) ? osrelease : number,
    osrelease_info: [Number.isNaN(number) ? osrelease : number],
    osfullname,
    osfinger: `Windows-${osrelease}`,
    osversion,
    osservicepack: text(version, "CSDVersion"),
    osmanufacturer: "Microsoft Corporation",
    osarch: cpuarch === "x86" ? "32-bit" : "64-bit",
    cpuarch,
    kernelrelease: osversion,
    kernelversion: osversion,
    windowsversion: osversion,
    host,
    nodename: host,
    localhost: host,
    domain,
    fqdn: domain ? `${host}.${domain}` : host,
    num_cpus: Number(await target.expandEnvironment("%NUMBER_OF_PROCESSORS%")) || 1,
  };
}

/** Windows 11 still calls itself Windows 10 in the registry; its build tells. */
function fullName(productName: string, build: number): string {
  const name = build >= 22000 ? productName.replace("Windows 10", "Windows 11") : productName;
  return name.startsWith("Microsoft") ? name : `Microsoft ${name}`;
}

/** As Salt shortens it: `10`, `8.1`, `2019Server`, `2012ServerR2`. */
function releaseOf(name: string): string {
  const server = /Server\D{0,40}(\d{4})( R2)?/.exec(name);
  if (server) return `${server[1]}Server${server[2] ? "R2" : ""}`;
  return /Windows (\d+(?:\.\d+)?|Vista|XP)/.exec(name)?.[1] ?? "";
}
