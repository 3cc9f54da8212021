/** What the exit codes mean that people meet most. Windows Installer's are the same for all its packages. */
const meanings: ReadonlyMap<number, string> = new Map([
  [1601, "the Windows Installer service cannot be reached"],
  [1602, "the user cancelled; a silent run got no switch to be silent, or was refused"],
  [
    1603,
    "a fatal error during installation; often a newer version is there already, or a condition of the package is not met",
  ],
  [1605, "this product is not installed, so it cannot be changed or removed"],
  [1606, "it has no access to a network place that it needs"],
  [1612, "the source of the installed product is not available; removing by product code needs no source"],
  [1618, "another installation is running; try again when it has ended"],
  [1619, "the package cannot be opened; it is damaged, missing, or no MSI at all"],
  [1620, "the package cannot be opened; it is no valid Windows Installer package"],
  [1622, "the log file cannot be opened"],
  [1624, "a transform cannot be applied"],
  [1625, "a policy of the machine forbids this installation"],
  [1633, "the package is not for this kind of processor"],
  [1636, "the patch cannot be opened"],
  [1638, "another version of this product is installed already; remove it first"],
  [1639, "a wrong argument on the command line; check the flags"],
  [1640, "it cannot run in a remote session"],
  [1654, "the installer is not signed as the machine's policy asks"],
  [3011, "done, but a service must be restarted; Salt does not know this code and says failed"],
  [0xc0000005, "the program crashed (access violation)"],
  [0xc000007b, "the program or one of its libraries is of the wrong architecture"],
  [0xc0000135, "a library that the program needs is missing"],
  [0xc000013a, "the program was interrupted"],
]);

/** One clause about an exit code, or undefined where nothing is known. */
export function exitCodeMeaning(exitCode: number): string | undefined {
  return meanings.get(exitCode >>> 0);
}
