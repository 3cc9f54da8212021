import { rememberSecretsIn } from "../secrets.js";
import { toJson } from "../value/convert.js";
import type { Json } from "../value/types.js";
import { loadYaml } from "../yaml/index.js";
import { builtinProfiles } from "./builtin-profiles.js";
import type { Profile } from "./profile.js";
import { saltVersionMistake } from "./salt-version-setting.js";

/** A profile that cannot be used; the message names the file and what is wrong with it. */
export class ProfileError extends Error {
  override readonly name = "ProfileError";
}

/**
 * A profile from the text of a JSON or YAML file: a mapping of the sections of {@link Profile}, all optional, and
 * `extends`, the name of a built-in profile whose facts count where the file has none of that name.
 * @param shownAs how messages name the source
 * @throws ProfileError
 */
export function parseProfile(text: string, name: string, shownAs: string): Profile {
  return profileFrom(readData(text, shownAs), name, `profile ${shownAs}`);
}

function readData(text: string, shownAs: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // JSON that is broken is said to be broken by the YAML loader, too.
  }
  const { data, problems } = loadYaml(text);
  const [problem] = problems;
  if (problem || data === undefined) {
    const reason = problem?.message.split("\n")[0] ?? "it holds nothing";
    throw new ProfileError(`profile ${shownAs} is neither JSON nor YAML: line ${problem?.line ?? 1}: ${reason}`);
  }
  return toJson(data);
}

const sections = ["grains", "pillar", "opts", "registry", "environment", "functions"] as const;

/** @throws ProfileError when `data` is not a mapping of known sections */
export function profileFrom(data: unknown, name: string, shownAs: string): Profile {
  if (!isMapping(data)) throw new ProfileError(`${shownAs} must be a mapping with any of: ${sections.join(", ")}`);
  rememberSecretsIn(data);
  const unknown = Object.keys(data).find((key) => !["name", "extends", "saltVersion", ...sections].includes(key));
  if (unknown !== undefined) {
    throw new ProfileError(`${shownAs}: unknown section '${unknown}'; there are saltVersion, ${sections.join(", ")}`);
  }
  for (const section of sections) {
    if (data[section] !== undefined && data[section] !== null && !isMapping(data[section])) {
      throw new ProfileError(`${shownAs}: '${section}' must be a mapping`);
    }
  }
  const base = baseProfile(data.extends, shownAs);
  const saltVersion = saltVersionText(data.saltVersion, shownAs) ?? base?.saltVersion;
  const section = (key: (typeof sections)[number]) => ({ ...base?.[key], ...(data[key] as { [name: string]: Json }) });
  const environment = Object.entries(section("environment")).map(([key, value]) => [key, String(value)] as const);
  return {
    name: typeof data.name === "string" ? data.name : name,
    ...(saltVersion !== undefined && { saltVersion }),
    grains: section("grains"),
    pillar: section("pillar"),
    opts: section("opts"),
    registry: section("registry"),
    environment: Object.fromEntries(environment),
    functions: section("functions"),
  };
}

/** @throws ProfileError */
function saltVersionText(value: unknown, shownAs: string): string | undefined {
  if (value === undefined || value === null) return undefined;
  const reason = saltVersionMistake(value);
  if (reason !== undefined) throw new ProfileError(`${shownAs}: saltVersion ${reason}`);
  return String(value);
}

function baseProfile(name: unknown, shownAs: string): Profile | undefined {
  if (name === undefined) return undefined;
  const base = builtinProfiles.find((profile) => profile.name === name);
  if (base) return base;
  const names = builtinProfiles.map((profile) => profile.name).join(", ");
  throw new ProfileError(`${shownAs}: 'extends' must name a built-in profile (${names})`);
}

function isMapping(data: unknown): data is { [key: string]: unknown } {
  return typeof data === "object" && data !== null && !Array.isArray(data);
}
