import type { Json } from "../value/types.js";

export type TargetKind = "simulated" | "windows" | "wine" | "ssh" | "salt";
export type RegistryView = "64" | "32";
export type RegistryHive = "HKLM" | "HKU";

export interface RegistryValue {
  /** `REG_SZ`, `REG_EXPAND_SZ`, `REG_DWORD`, `REG_QWORD`, `REG_MULTI_SZ`, `REG_BINARY`, `REG_NONE`. */
  readonly type: string;
  /** Text for the string types, a number for DWORD and QWORD, a list for MULTI_SZ, hexadecimal text for BINARY. */
  readonly data: string | number | readonly string[];
}

export interface RegistryKey {
  readonly name: string;
  readonly values: ReadonlyMap<string, RegistryValue>;
  /** In the order the machine gives them. Empty below the depth that was asked for. */
  readonly subkeys: readonly RegistryKey[];
}

export interface RunOptions {
  /** Windows path. Without it the program runs in the home of the account. */
  readonly cwd?: string;
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  /** How the line reaches Windows (salt-reference §7.7): through `cmd.exe /s /c`, or straight to CreateProcess. */
  readonly shell?: "cmd" | "none";
  /** What the definition says that the program registers. For a machine that runs nothing and has to guess. */
  readonly expected?: { readonly name: string; readonly version?: string };
}

export interface RunResult {
  /** The full 32-bit exit code; undefined when the program was ended for taking too long. */
  readonly exitCode: number | undefined;
  /** stdout and stderr together, as text. */
  readonly output: string;
  readonly timedOut: boolean;
  /** The working folder, where the machine tells it. */
  readonly cwd?: string;
  /** Plain remarks of the target: "read from the MSI's Property table", "assumed, the installer was not run". */
  readonly notes?: readonly string[];
  /** Nothing was run and nothing read that decides it: what the registry shows now is a guess and proves nothing. */
  readonly assumed?: boolean;
}

export interface ScheduledTask {
  readonly name: string;
  readonly program: string;
  readonly arguments: string;
  readonly cwd?: string;
  /** Start and return at once, or wait for its end. */
  readonly wait: boolean;
}

export interface RegistryReader {
  /** Reads a key and its subkeys down to `depth` levels (0: values only). Undefined when there is no such key. */
  readRegistry(
    hive: RegistryHive,
    key: string,
    view: RegistryView,
    depth: number,
    signal?: AbortSignal,
  ): Promise<RegistryKey | undefined>;
}

/** A part of the registry: `key` down to `depth` levels, or with `below` the key `below` of each subkey of `key`. */
export interface RegistryPart {
  readonly hive: RegistryHive;
  readonly view: RegistryView;
  readonly key: string;
  readonly below?: string;
  readonly depth: number;
}

/**
 * A Windows machine that definitions are tried on. `pkg/` works over this alone and never asks which kind it has.
 * All paths are Windows paths. Every method rejects with a {@link TargetError} when the machine cannot be reached or refuses.
 */
export interface Target extends RegistryReader {
  readonly name: string;
  readonly kind: TargetKind;
  grains(signal?: AbortSignal): Promise<{ [name: string]: Json }>;
  /** Parts of the registry read at once, where the machine can be asked for many: what the reader gives of them is of one moment. */
  readParts?(parts: readonly RegistryPart[], signal?: AbortSignal): Promise<RegistryReader>;
  writeRegistry(hive: RegistryHive, key: string, name: string, value: RegistryValue, volatile?: boolean): Promise<void>;
  /**
   * Runs one Windows command line, already quoted, to its end and to that of everything that holds its output. Resolves
   * also when the program fails; rejects with {@link StartError} when Windows does not start it.
   */
  run(commandLine: string, options?: RunOptions): Promise<RunResult>;
  /** Copies a local file to the machine, making folders; replaces atomically where the machine can. */
  put(localFile: string, path: string, signal?: AbortSignal): Promise<void>;
  get(path: string, localFile: string, signal?: AbortSignal): Promise<void>;
  exists(path: string): Promise<boolean>;
  isFolder?(path: string): Promise<boolean>;
  remove(path: string): Promise<void>;
  /** Lower-case hexadecimal digest of a file there. */
  hash(path: string, algorithm: string): Promise<string>;
  /**
   * All variables of the environment, by upper-case name. A machine that has none of its own is what the built-in profile
   * says, and templates ask it nothing.
   */
  variables?(): Promise<{ readonly [name: string]: string }>;
  /** `%NAME%` → value; unknown names stay as they are. */
  expandEnvironment(text: string): Promise<string>;
  /** Starts a task of the task scheduler as System. False when it could not be started. */
  runTask(task: ScheduledTask, options?: RunOptions): Promise<boolean>;
  /** The minion's cache directory there. */
  readonly cacheDir: string;
  /** Ends connections and helper processes. */
  close(): Promise<void>;
}

/** Where a minion on Windows keeps its cache, unless its configuration says otherwise. */
export const defaultCacheDir = "C:\\ProgramData\\Salt Project\\Salt\\var\\cache\\salt\\minion";

/** The machine could not do what was asked; the message says what was tried, why it failed and what to do. */
export class TargetError extends Error {
  override readonly name = "TargetError";
}

/** Windows did not start a program. */
export class StartError extends TargetError {
  constructor(
    message: string,
    /** The working folder that was asked for, or the account's home. */
    readonly cwd: string,
    /** Windows' own number and words; undefined where the working folder is not there. */
    readonly windowsError?: { readonly number: number; readonly reason: string },
  ) {
    super(message);
  }

  /** The folder is not there, or is no absolute path. */
  static noFolder(program: string, cwd: string): StartError {
    return new StartError(`${program} cannot be started in ${cwd}: there is no such folder.`, cwd);
  }

  /** `CreateProcess` gave an error. */
  static refused(program: string, cwd: string, number: number, reason: string): StartError {
    return new StartError(`Windows does not start ${program}: ${reason} (error ${number}).`, cwd, { number, reason });
  }
}
