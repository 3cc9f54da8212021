/** Words by which packages of one product are told apart: architecture, language, edition, channel, way of packing. */
const variantWords = new Set(
  [
    "x86 x64 x32 i386 i686 amd64 arm64 arm win win32 win64 32bit 64bit 32 64 bit",
    "en de fr es it nl pt br pl ru ja jp zh cn tw ko cs da fi nb no sv tr hu us gb uk at ch intl multi ml",
    "esr lts stable current beta rc alpha dev nightly canary preview insider insiders next latest legacy old new sp sp1 sp2 sp3",
    "pro professional home free community enterprise ent standard std ultimate business personal education developer express",
    "slim light lite full vanilla minimal mini basic core complete extended plus debug portable standalone online offline",
    "msi exe msix nsis zip setup installer machine user system wide allusers peruser jit nojit atl mfc redist runtime",
  ]
    .join(" ")
    .split(" "),
);

/** Whether the names of two packages say that they are variants of one product: `firefox_x64` and `firefox-esr`, `node.js` and `node.js-lts`. */
export function areVariants(a: string, b: string): boolean {
  const product = productOf(a);
  return product !== "" && product === productOf(b);
}

/** The words of a name that are about the product: without variants and version numbers. */
function productOf(name: string): string {
  const words = name.toLowerCase().match(/\p{L}+\d*|\d+/gu) ?? [];
  return words
    .filter((word) => !variantWords.has(word))
    .map((word) => /^\p{L}*/u.exec(word)?.[0] ?? "")
    .filter((word) => word !== "")
    .join(" ");
}
