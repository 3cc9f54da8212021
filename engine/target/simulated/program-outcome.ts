/** What a command did to a simulated machine. */
export interface ProgramOutcome {
  /** Undefined: it waits for a person. */
  readonly exitCode: number | undefined;
  readonly output?: string;
  readonly notes?: readonly string[];
  readonly assumed?: boolean;
}

/** Windows Installer's own codes (winerror.h). */
export const msiError = {
  success: 0,
  fatal: 1603,
  notInstalled: 1605,
  cannotOpen: 1619,
  invalidPackage: 1620,
  wrongPlatform: 1633,
  otherVersion: 1638,
  invalidCommandLine: 1639,
  unsupported: 1627,
} as const;
