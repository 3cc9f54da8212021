import { defaultSaltVersion, formatSaltVersion } from "../salt-version/salt-version.js";
import type { Json } from "../value/types.js";
import type { Profile } from "./profile.js";

interface Edition {
  readonly osrelease: string;
  readonly osfullname: string;
  readonly osversion: string;
}

const windows10: Edition = { osrelease: "10", osfullname: "Microsoft Windows 10 Pro", osversion: "10.0.19045" };
const windows11: Edition = { osrelease: "11", osfullname: "Microsoft Windows 11 Pro", osversion: "10.0.26100" };
const server2016: Edition = {
  osrelease: "2016Server",
  osfullname: "Microsoft Windows Server 2016 Standard",
  osversion: "10.0.14393",
};
const server2019: Edition = {
  osrelease: "2019Server",
  osfullname: "Microsoft Windows Server 2019 Standard",
  osversion: "10.0.17763",
};
const server2022: Edition = {
  osrelease: "2022Server",
  osfullname: "Microsoft Windows Server 2022 Standard",
  osversion: "10.0.20348",
};
const server2025: Edition = {
  osrelease: "2025Server",
  osfullname: "Microsoft Windows Server 2025 Standard",
  osversion: "10.0.26100",
};

/**
 * The machines that every installation knows. The first two are what everything is checked for when nothing else is
 * said: a 64-bit and a 32-bit Windows 10, as a minion of Salt 3007 describes them.
 */
export const builtinProfiles: readonly Profile[] = [
  machine("windows-amd64", windows10, "AMD64"),
  machine("windows-x86", windows10, "x86"),
  machine("windows-11-amd64", windows11, "AMD64"),
  machine("windows-2016server-amd64", server2016, "AMD64"),
  machine("windows-2019server-amd64", server2019, "AMD64"),
  machine("windows-2022server-amd64", server2022, "AMD64"),
  machine("windows-2025server-amd64", server2025, "AMD64"),
];

/**
 * A master as its runners see it: a Linux without Windows' grains. What a definition asks of its minion is not there, or
 * says something else (salt-reference §2.10).
 */
export const masterProfile: Profile = {
  name: "master",
  grains: {
    id: "master",
    kernel: "Linux",
    os: "Debian",
    os_family: "Debian",
    osarch: "amd64",
    cpuarch: "x86_64",
    saltversion: formatSaltVersion(defaultSaltVersion),
    saltversioninfo: [defaultSaltVersion.line, defaultSaltVersion.patch],
  },
  pillar: {},
  opts: {},
  registry: {},
  environment: {},
  functions: {},
};

/** The names of the profiles that are enabled when neither the project file nor the command line names any. */
export const defaultProfileNames: readonly string[] = ["windows-amd64", "windows-x86"];

function machine(name: string, edition: Edition, cpuarch: "AMD64" | "x86"): Profile {
  return {
    name,
    grains: grains(edition, cpuarch),
    pillar: {},
    opts: {},
    registry: { "HKLM\\SOFTWARE\\Salt Project\\Salt\\install_dir": "C:\\Program Files\\Salt Project\\Salt" },
    environment: environment(cpuarch),
    functions: {},
  };
}

function grains(edition: Edition, cpuarch: "AMD64" | "x86"): { [name: string]: Json } {
  const number = Number.parseInt(edition.osrelease, 10);
  return {
    kernel: "Windows",
    os: "Windows",
    os_family: "Windows",
    osrelease: edition.osrelease,
    osmajorrelease: number,
    osfullname: edition.osfullname,
    osfinger: `Windows-${edition.osrelease}`,
    osversion: edition.osversion,
    osrelease_info: [number],
    osservicepack: "",
    osmanufacturer: "Microsoft Corporation",
    osarch: cpuarch === "AMD64" ? "64-bit" : "32-bit",
    cpuarch,
    kernelrelease: edition.osversion,
    kernelversion: edition.osversion,
    windowsversion: edition.osversion,
    windowsdomain: "WORKGROUP",
    windowsdomaintype: "Workgroup",
    locale_info: { defaultlanguage: "en_US", defaultencoding: "cp1252", detectedencoding: "cp1252", timezone: "UTC" },
    timezone: "(UTC) Coordinated Universal Time",
    id: "minion",
    host: "minion",
    nodename: "minion",
    localhost: "minion",
    domain: "",
    fqdn: "minion",
    num_cpus: 4,
    mem_total: 8192,
    virtual: "physical",
    saltversion: formatSaltVersion(defaultSaltVersion),
    saltversioninfo: [defaultSaltVersion.line, defaultSaltVersion.patch],
    saltpath: "C:\\Program Files\\Salt Project\\Salt\\Lib\\site-packages\\salt",
    pythonversion: [3, 10, 18, "final", 0],
    master: "salt",
    roles: [],
    path: "C:\\Windows\\system32;C:\\Windows",
    systempath: ["C:\\Windows\\system32", "C:\\Windows"],
    shell: "C:\\Windows\\system32\\cmd.exe",
    username: null,
    groupname: null,
    ip_interfaces: {},
    ipv4: ["127.0.0.1"],
    init: "Windows",
  };
}

function environment(cpuarch: "AMD64" | "x86"): { [name: string]: string } {
  const shared = {
    ALLUSERSPROFILE: "C:\\ProgramData",
    ComSpec: "C:\\Windows\\system32\\cmd.exe",
    CommonProgramFiles: "C:\\Program Files\\Common Files",
    OS: "Windows_NT",
    PROCESSOR_ARCHITECTURE: cpuarch,
    ProgramData: "C:\\ProgramData",
    ProgramFiles: "C:\\Program Files",
    PUBLIC: "C:\\Users\\Public",
    SystemDrive: "C:",
    SystemRoot: "C:\\Windows",
    TEMP: "C:\\Windows\\TEMP",
    TMP: "C:\\Windows\\TEMP",
    USERNAME: "SYSTEM",
    windir: "C:\\Windows",
  };
  if (cpuarch === "x86") return shared;
  return {
    ...shared,
    "CommonProgramFiles(x86)": "C:\\Program Files (x86)\\Common Files",
    "ProgramFiles(x86)": "C:\\Program Files (x86)",
    ProgramW6432: "C:\\Program Files",
  };
}
