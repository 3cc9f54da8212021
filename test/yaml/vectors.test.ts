import { describe, expect, it } from "vitest";
import { type Typed, toTyped } from "../../engine/value/convert.js";
import { loadYaml, loadYamlData } from "../../engine/yaml/index.js";
import { hasShared, sharedJson } from "../shared.js";

interface Vector {
  readonly id: string;
  readonly yaml: string;
  readonly value?: Typed;
  readonly error?: string;
  readonly message?: string | null;
}

describe.skipIf(!hasShared)("measured with Salt's loader", () => {
  const vectors = hasShared ? sharedJson<Vector[]>("vectors/yaml.json") : [];
  it.each(vectors)("$id", ({ yaml, value, error, message }) => {
    for (const { data, problems } of [loadYaml(yaml), loadYamlData(yaml)]) {
      if (error) {
        expect(problems[0]?.exception).toBe(error);
        // Of an exception without a message of PyYAML's, the class is all that was measured.
        if (message) expect(problems[0]?.message).toBe(message);
        expect(data).toBeUndefined();
      } else {
        expect(problems).toEqual([]);
        expect(data === undefined ? data : toTyped(data)).toEqual(value);
      }
    }
  });
});
