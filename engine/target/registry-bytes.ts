import type { RegistryValue } from "./target.js";

/** Windows' types of registry values by their numbers. */
const types = new Map([
  [0, "REG_NONE"],
  [1, "REG_SZ"],
  [2, "REG_EXPAND_SZ"],
  [3, "REG_BINARY"],
  [4, "REG_DWORD"],
  [7, "REG_MULTI_SZ"],
  [11, "REG_QWORD"],
]);

/** A value from its type's number and its bytes as the registry holds them. */
export function valueFromBytes(number: number, bytes: Buffer): RegistryValue {
  const type = types.get(number) ?? `REG_${number}`;
  const text = () => bytes.subarray(0, bytes.length & ~1).toString("utf16le");
  switch (type) {
    case "REG_SZ":
    case "REG_EXPAND_SZ":
      return { type, data: text().replace(/\0.*$/s, "") };
    case "REG_DWORD":
      return { type, data: bytes.length === 4 ? bytes.readUInt32LE(0) : bytes.toString("hex") };
    case "REG_MULTI_SZ":
      return {
        type,
        data: text()
          .split("\0")
          .filter((line) => line !== ""),
      };
    case "REG_QWORD":
      return { type, data: bytes.length === 8 ? Number(bytes.readBigUInt64LE(0)) : bytes.toString("hex") };
    default:
      return { type, data: bytes.toString("hex") };
  }
}

/** The number of a value's type, and its bytes. @throws RangeError for a type that Windows does not have */
export function valueToBytes({ type, data }: RegistryValue): { readonly number: number; readonly bytes: Buffer } {
  const number = [...types].find(([, name]) => name === type)?.[0] ?? Number(/^REG_(\d+)$/.exec(type)?.[1]);
  if (!Number.isInteger(number)) throw new RangeError(`There is no type ${type} of registry values.`);
  const text = (value: string) => Buffer.from(`${value}\0`, "utf16le");
  if (typeof data === "object") return { number, bytes: text(data.map((line) => `${line}\0`).join("")) };
  if (typeof data === "string" && (number === 1 || number === 2)) return { number, bytes: text(data) };
  if (typeof data === "string") return { number, bytes: Buffer.from(data, "hex") };
  const bytes = Buffer.alloc(number === 11 ? 8 : 4);
  if (number === 11) bytes.writeBigUInt64LE(BigInt.asUintN(64, BigInt(data)));
  else bytes.writeUInt32LE(data >>> 0);
  return { number, bytes };
}
