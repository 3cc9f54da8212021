import { adviceCases } from "./advice.js";
import type { RuleCases } from "./case.js";
import { dataCases } from "./data.js";
import { installCases } from "./install.js";
import { startCases } from "./start.js";
import { templateCases } from "./template.js";

/** Cases of each rule, by its code. */
export const cases: Readonly<Record<string, RuleCases>> = {
  ...dataCases,
  ...installCases,
  ...startCases,
  ...templateCases,
  ...adviceCases,
};
