import path from "node:path";
import { discardFolder, makeTemporaryFolder } from "../../temporary-folder.js";
import { RealTarget } from "../real/real-target.js";
import { TargetError } from "../target.js";
import { clonePrefix, isPrefix } from "./prefix.js";
import { WineConnection } from "./wine-connection.js";
import { WineProgram } from "./wine-program.js";

export interface WineOptions {
  readonly name: string;
  /** Absolute folder of the prefix. */
  readonly prefix: string;
  /** What to do when there is no prefix yet, when it is not to make one. */
  readonly offer?: string;
  readonly program?: string;
  readonly display?: string;
  readonly cacheDir?: string;
  /** Work on a clone that goes with `close`. */
  readonly throwAway?: boolean;
}

/** A Windows made of Wine: real installers really run. */
export async function openWine(options: WineOptions): Promise<RealTarget> {
  if (!(await isPrefix(options.prefix))) {
    throw new TargetError(
      `Target ${options.name}: there is no Wine prefix in ${options.prefix}. ` +
        (options.offer ?? `\`winrepo target add ${options.name} --kind wine\` makes one.`),
    );
  }
  const original = new WineProgram(options.prefix, options.program, options.display);
  if (!options.throwAway) return new RealTarget(options.name, new WineConnection(original), options.cacheDir);
  if (!(await original.settle())) {
    throw new TargetError(
      `Target ${options.name}: programs are still running in its Wine prefix, so it cannot be copied.`,
    );
  }
  const folder = makeTemporaryFolder("wine");
  const prefix = path.join(folder, "prefix");
  try {
    await clonePrefix(options.prefix, prefix);
  } catch (error) {
    await discardFolder(folder);
    throw error;
  }
  const wine = new WineProgram(prefix, options.program, options.display);
  const close = async () => {
    await wine.end();
    await discardFolder(folder);
  };
  return new RealTarget(options.name, new WineConnection(wine, close), options.cacheDir);
}
