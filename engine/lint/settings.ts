import { pathMatcher } from "../config/path-glob.js";
import type { LintConfig, RuleLevel } from "../config/project.js";
import type { Rule } from "./rule.js";

/** Which level a rule has for a file: its own default, the project's, the last matching override's. */
export class LintSettings {
  readonly #overrides: readonly {
    readonly matches: (path: string) => boolean;
    readonly rules: ReadonlyMap<string, RuleLevel>;
  }[];

  readonly #config: Pick<LintConfig, "rules" | "overrides">;

  constructor(config: Pick<LintConfig, "rules" | "overrides">) {
    this.#config = config;
    this.#overrides = config.overrides.map(({ files, rules }) => ({
      matches: pathMatcher(files),
      rules,
    }));
  }

  /** @param path relative to the project's folder, with `/` */
  level(rule: Rule, path: string): RuleLevel {
    return this.configured(rule.meta.code, path) ?? rule.meta.severity;
  }

  /** The settings as they hold for one file. */
  forFile(path: string): { configured: (code: string) => RuleLevel | undefined } {
    return { configured: (code) => this.configured(code, path) };
  }

  /** Whether a rule is looked at in a file. What Salt rejects always is. */
  isOn(rule: Rule, path: string): boolean {
    return rule.meta.rejects === true || this.level(rule, path) !== "off";
  }

  /** The level that the project sets, undefined when it leaves the rule alone. */
  configured(code: string, path: string): RuleLevel | undefined {
    const override = this.#overrides.findLast(({ matches, rules }) => rules.has(code) && matches(path));
    return override?.rules.get(code) ?? this.#config.rules.get(code);
  }
}
