import { hexText } from "../../value/bytes.js";
import { iterate, toList, truthy } from "../../value/iterate.js";
import { PyIterator } from "../../value/iterator.js";
import { isInteger, plainInt } from "../../value/numbers.js";
import { strip, textOf } from "../../value/text.js";
import { Bytes, int, PyError, PyObject, Tuple, typeName, type Value } from "../../value/types.js";
import type { EvalContext } from "../runtime.js";
import { type FilterEntry, type FilterTable, filterTable, python } from "./define.js";
import {
  type Address,
  addressText,
  hasProperty,
  type Interface,
  interfaceText,
  networkOf,
  parseAddress,
  parseInterface,
} from "./ip-address.js";

// Salt's filters on IP addresses and networks (salt-reference §3.3). No name is looked up.

type Version = 4 | 6;

/** What an option asks of an address; all that are named must hold. */
const options: ReadonlyMap<string, (address: Address) => boolean> = new Map([
  ...["global", "public"].map((name) => [name, (address: Address) => !hasProperty(address, "private")] as const),
  ...["link-local", "linklocal", "ll", "link_local"].map(
    (name) => [name, (address: Address) => hasProperty(address, "linkLocal")] as const,
  ),
  ...["loopback", "lo"].map((name) => [name, (address: Address) => hasProperty(address, "loopback")] as const),
  ["multicast", (address) => hasProperty(address, "multicast")],
  ["private", (address) => hasProperty(address, "private")],
  ["reserved", (address) => hasProperty(address, "reserved")],
  ...["site-local", "sl", "site_local"].map(
    (name) => [name, (address: Address) => address.version === 6 && hasProperty(address, "siteLocal")] as const,
  ),
  ["unspecified", (address) => hasProperty(address, "unspecified")],
]);

/** An address written as text, packed in bytes or as a number. */
function readAddress(value: Value): Address | Interface | undefined {
  if (value instanceof PyObject) value.use();
  const text = textOf(value);
  if (text !== undefined) return parseAddress(text) ?? parseInterface(text);
  if (isInteger(value)) {
    const number = BigInt(plainInt(value));
    if (number < 0n || number >= 1n << 128n) return undefined;
    return { version: number < 1n << 32n ? 4 : 6, value: number };
  }
  if (!(value instanceof Bytes) || (value.data.length !== 4 && value.data.length !== 16)) return undefined;
  const number = BigInt(`0x${hexText(value.data)}`);
  return { version: value.data.length === 4 ? 4 : 6, value: number };
}

/** The address as text if it is of the version and has the properties; None otherwise. */
function checked(value: Value, version: Version, wanted: Value): Value {
  const address = readAddress(value);
  if (!address || address.version !== version) return null;
  const text = "prefix" in address ? interfaceText(address) : addressText(address);
  if (!truthy(wanted)) return text;
  const names = textOf(wanted)?.split(",").map(strip);
  if (!names) throw new PyError("AttributeError", `'${typeName(wanted)}' object has no attribute 'split'`);
  const isFit = names.every((name) => options.get(name)?.(address) ?? true);
  return isFit ? text : null;
}

function isList(value: Value): boolean {
  return Array.isArray(value) || value instanceof Tuple || value instanceof PyIterator;
}

function filtered(value: Value, version: Version, wanted: Value): Value {
  if (textOf(value) !== undefined || value instanceof Bytes) return checked(value, version, wanted);
  if (value instanceof PyObject) value.use();
  if (!isList(value)) return null;
  return toList(value)
    .map((item) => checked(item, version, wanted))
    .filter((item) => item !== null);
}

/** Both versions: the lists one after the other, or the one that fits. */
function anyVersion(value: Value, wanted: Value): Value {
  const source = value instanceof PyIterator ? toList(value) : value;
  const [four, six] = [filtered(source, 4, wanted), filtered(source, 6, wanted)];
  if (Array.isArray(four) && Array.isArray(six)) return [...four, ...six];
  return truthy(four) ? four : six;
}

function selected(value: Value, wanted: Value, version: Value): Value[] | undefined {
  const found = version === 4 || version === 6 ? filtered(value, version, wanted) : anyVersion(value, wanted);
  if (!truthy(found)) return undefined;
  return Array.isArray(found) ? found : [found];
}

/** Applies to each address of a list, or to the one that was given. */
function each(value: Value, wanted: Value, version: Value, make: (address: Interface) => Value): Value {
  const addresses = selected(value, wanted, version);
  if (!addresses) return null;
  const results = addresses.map((text) => make(parseInterface(text as string) as Interface));
  return isList(value) ? results : (results[0] ?? null);
}

/** The addresses of a network that hosts may have: without its own and the one for all. */
function hosts(context: EvalContext, address: Interface): Value[] {
  const { first, size } = networkOf(address);
  const skipsFirst = size > 2n;
  const skipsLast = address.version === 4 && size > 2n;
  const start = first + (skipsFirst ? 1n : 0n);
  const end = first + size - (skipsLast ? 1n : 0n);
  context.budget.allocate(Number(end - start) * 8);
  const result: Value[] = [];
  for (let value = start; value < end; value += 1n) {
    context.budget.step();
    result.push(addressText({ version: address.version, value }));
  }
  return result;
}

/** IPv6 addresses in brackets, everything else as it is. */
function wrapped(value: Value): Value {
  const wrap = (item: Value): Value => {
    const text = textOf(item);
    if (text === undefined) return item;
    const [address = "", ...rest] = text.split("/");
    if (parseInterface(text)?.version !== 6) return text;
    return [`[${address}]`, ...rest].join("/");
  };
  return isList(value) ? toList(value).map(wrap) : wrap(value);
}

/** The addresses of each network, for networks of addresses: `{'10.0.0.0/8': ['10.0.0.1']}` from a dict, a list from a list. */
function byNetworks(value: Value, networks: Value): Value {
  if (!truthy(networks)) return value;
  const ranges = Array.from(iterate(networks), (item) => parseInterface(textOf(item) ?? "")).filter(
    (range): range is Interface => range !== undefined,
  );
  const isInside = (item: Value) => {
    const address = readAddress(item);
    return (
      address !== undefined &&
      ranges.some((range) => {
        const { first, size } = networkOf(range);
        return range.version === address.version && address.value >= first && address.value < first + size;
      })
    );
  };
  if (!isList(value)) throw new PyError("ValueError", `Do not know how to filter a ${typeName(value)}`);
  return toList(value).filter(isInside);
}

function testing(name: string, versions: readonly Version[]): FilterEntry {
  const filter = python(`${name}_filter(ip_addr, options=None)`, (_, value, wanted) =>
    versions.some((version) => checked(value, version, wanted) !== null),
  );
  return [name, "counted", filter];
}

export const saltNetworkFilters: FilterTable = filterTable([
  testing("is_ip", [4, 6]),
  testing("is_ipv4", [4]),
  testing("is_ipv6", [6]),
  ["ipv4", "counted", python("ipv4(value, options=None)", (_, value, wanted) => filtered(value, 4, wanted))],
  ["ipv6", "counted", python("ipv6(value, options=None)", (_, value, wanted) => filtered(value, 6, wanted))],
  ["ipaddr", "counted", python("ipaddr(value, options=None)", (_, value, wanted) => anyVersion(value, wanted))],
  ["ipwrap", "counted", python("ipwrap(value)", (_, value) => wrapped(value))],
  [
    "ip_host",
    "linear",
    python("ip_host(value, options=None, version=None)", (_, value, wanted, version) =>
      each(value, wanted, version, interfaceText),
    ),
  ],
  [
    "network_hosts",
    "counted",
    python("network_hosts(value, options=None, version=None)", (context, value, wanted, version) =>
      each(value, wanted, version, (address) => hosts(context, address)),
    ),
  ],
  [
    "network_size",
    "counted",
    python("network_size(value, options=None, version=None)", (_, value, wanted, version) =>
      each(value, wanted, version, (address) => int(networkOf(address).size)),
    ),
  ],
  [
    "filter_by_networks",
    "linear",
    python("filter_by_networks(values, networks)", (_, value, networks) => byNetworks(value, networks)),
  ],
]);
