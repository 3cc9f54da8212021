const bracedGuid = /^\{([0-9A-F]{8})-([0-9A-F]{4})-([0-9A-F]{4})-([0-9A-F]{4})-([0-9A-F]{12})\}$/i;

/**
 * The form in which Windows Installer spells a product code in the registry: the first three groups reversed, in the
 * others the two digits of each byte swapped. `""` for anything that is not a GUID in braces, as Salt answers.
 */
export function guidToSquid(guid: string): string {
  const groups = bracedGuid.exec(guid)?.slice(1);
  if (!groups) return "";
  const reversed = groups.slice(0, 3).map((group) => [...group].reverse().join(""));
  return [...reversed, ...groups.slice(3).map(swapDigits)].join("");
}

/** Undoes {@link guidToSquid}; `""` for anything that is not 32 hexadecimal digits. */
export function squidToGuid(squid: string): string {
  const parts = /^([0-9A-F]{8})([0-9A-F]{4})([0-9A-F]{4})([0-9A-F]{4})([0-9A-F]{12})$/i.exec(squid)?.slice(1);
  if (!parts) return "";
  const reversed = parts.slice(0, 3).map((group) => [...group].reverse().join(""));
  return `{${[...reversed, ...parts.slice(3).map(swapDigits)].join("-")}}`;
}

const swapDigits = (group: string): string => group.replace(/(.)(.)/g, "$2$1");
