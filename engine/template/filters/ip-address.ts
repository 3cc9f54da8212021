// Addresses and networks of IP as Python's ipaddress reads and prints them.

export interface Address {
  readonly version: 4 | 6;
  readonly value: bigint;
  /** The zone of an IPv6 address: `eth0` of `fe80::1%eth0`. */
  readonly zone?: string;
}

/** An address with its network's prefix, when one was written. */
export interface Interface extends Address {
  readonly prefix: number;
}

/** @returns undefined for what is no address */
export function parseAddress(text: string): Address | undefined {
  if (text.includes(":")) return parseVersion6(text);
  const value = parseVersion4(text);
  return value === undefined ? undefined : { version: 4, value };
}

function parseVersion4(text: string): bigint | undefined {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256)) {
    return undefined;
  }
  return parts.reduce((value, part) => (value << 8n) | BigInt(part), 0n);
}

function parseVersion6(text: string): Address | undefined {
  const percent = text.indexOf("%");
  const zone = percent < 0 ? undefined : text.slice(percent + 1);
  if (zone === "" || zone?.includes("%")) return undefined;
  const groups = groupsOf(percent < 0 ? text : text.slice(0, percent));
  if (!groups) return undefined;
  const value = groups.reduce((sum, group) => (sum << 16n) | BigInt(Number.parseInt(group, 16)), 0n);
  return zone === undefined ? { version: 6, value } : { version: 6, value, zone };
}

/** The eight groups of an address, with `::` and a final IPv4 part written out. */
function groupsOf(text: string): string[] | undefined {
  // The longest that there is has 45 characters.
  if (text.length > 64) return undefined;
  let plain = text;
  const dotted = /^(.*:)([^:]*\.[^:]*)$/.exec(text);
  if (dotted) {
    const value = parseVersion4(dotted[2] as string);
    if (value === undefined) return undefined;
    plain = `${dotted[1]}${(value >> 16n).toString(16)}:${(value & 0xffffn).toString(16)}`;
  }
  const halves = plain.split("::");
  if (halves.length > 2) return undefined;
  const [head = [], tail = []] = halves.map((half) => (half === "" ? [] : half.split(":")));
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const groups = [...head, ...Array.from({ length: missing }, () => "0"), ...tail];
  return groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group)) ? groups : undefined;
}

/** An address with or without `/prefix` or `/netmask`. */
export function parseInterface(text: string): Interface | undefined {
  const [written = "", mask, ...rest] = text.split("/");
  const address = parseAddress(written);
  if (!address || rest.length) return undefined;
  const bits = address.version === 4 ? 32 : 128;
  const prefix = mask === undefined ? bits : prefixOf(mask, address.version);
  return prefix === undefined ? undefined : { ...address, prefix };
}

function prefixOf(mask: string, version: 4 | 6): number | undefined {
  const bits = version === 4 ? 32 : 128;
  if (/^\d+$/.test(mask)) return Number(mask) <= bits ? Number(mask) : undefined;
  const value = version === 4 ? parseVersion4(mask) : undefined;
  if (value === undefined) return undefined;
  // A netmask has its ones first, a host mask its zeros.
  const digits = value.toString(2).padStart(32, "0");
  if (/^1+0*$/.test(digits)) return digits.replaceAll("0", "").length;
  return /^0+1*$/.test(digits) ? 32 - digits.replaceAll("0", "").length : undefined;
}

export function addressText({ version, value, zone }: Address): string {
  if (version === 4) return [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 255n)).join(".");
  const groups = Array.from({ length: 8 }, (_, index) => ((value >> BigInt(16 * (7 - index))) & 0xffffn).toString(16));
  return compressed(groups) + (zone === undefined ? "" : `%${zone}`);
}

/** The first of the longest runs of zero groups, of two or more, becomes `::`. */
function compressed(groups: readonly string[]): string {
  let best = { start: -1, length: 1 };
  for (let start = 0; start < 8; start += 1) {
    let length = 0;
    while (groups[start + length] === "0") length += 1;
    if (length > best.length) best = { start, length };
  }
  if (best.start < 0) return groups.join(":");
  return `${groups.slice(0, best.start).join(":")}::${groups.slice(best.start + best.length).join(":")}`;
}

export function interfaceText(address: Interface): string {
  return `${addressText(address)}/${address.prefix}`;
}

/** The first address of the network, and how many it has. */
export function networkOf({ version, value, prefix }: Interface): { first: bigint; size: bigint } {
  const size = 1n << BigInt((version === 4 ? 32 : 128) - prefix);
  return { first: value - (value % size), size };
}

type Property = "private" | "loopback" | "multicast" | "reserved" | "linkLocal" | "siteLocal" | "unspecified";

const networks: Readonly<Record<4 | 6, Readonly<Record<Property, readonly string[]>>>> = {
  4: {
    private: [
      ...["0.0.0.0/8", "10.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/29"],
      ...["192.0.0.170/31", "192.0.2.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24"],
      ...["240.0.0.0/4", "255.255.255.255/32"],
    ],
    loopback: ["127.0.0.0/8"],
    multicast: ["224.0.0.0/4"],
    reserved: ["240.0.0.0/4"],
    linkLocal: ["169.254.0.0/16"],
    siteLocal: [],
    unspecified: ["0.0.0.0/32"],
  },
  6: {
    private: [
      ...["::1/128", "::/128", "::ffff:0:0/96", "100::/64", "2001::/23", "2001:2::/48", "2001:db8::/32"],
      ...["2001:10::/28", "fc00::/7", "fe80::/10"],
    ],
    loopback: ["::1/128"],
    multicast: ["ff00::/8"],
    reserved: [
      ...["::/8", "100::/8", "200::/7", "400::/6", "800::/5", "1000::/4", "4000::/3", "6000::/3", "8000::/3"],
      ...["a000::/3", "c000::/3", "e000::/4", "f000::/5", "f800::/6", "fe00::/9"],
    ],
    linkLocal: ["fe80::/10"],
    siteLocal: ["fec0::/10"],
    unspecified: ["::/128"],
  },
};

/** Whether an address (of an interface: its network too, where Python asks that) has a property. */
export function hasProperty(address: Address, property: Property): boolean {
  const isMapped = address.version === 6 && address.value >> 32n === 0xffffn;
  // Of an IPv4 address inside an IPv6 one, Python asks the former whether it is private.
  if (isMapped && property === "private") {
    return hasProperty({ version: 4, value: address.value & 0xffff_ffffn }, property);
  }
  return networks[address.version][property].some((text) => {
    const network = parseInterface(text) as Interface;
    const { first, size } = networkOf(network);
    return address.value >= first && address.value < first + size;
  });
}
