import { gitPack, msi, pe } from "./binaries.js";
import type { Fuzzer } from "./fuzzer.js";
import { jinja, regex, yaml } from "./texts.js";

export const fuzzers: readonly Fuzzer[] = [msi, pe, gitPack, yaml, jinja, regex] as unknown as readonly Fuzzer[];
