import type { MsiMachine } from "../../engine/installer/msi-machine.js";

/** A machine on which nothing is installed. */
export const bareMachine: MsiMachine = {
  bits: 64,
  environment: () => undefined,
  isInstalled: () => false,
  related: () => [],
};
