import type { Problem } from "../problem.js";
import { suggest } from "../suggest.js";
import { toJson } from "../value/convert.js";
import { str } from "../value/repr.js";
import type { YamlMapping, YamlNode } from "../yaml/node.js";
import { saltVersionMistake } from "./salt-version-setting.js";
import { describeShape, type RecordShape, type Shape } from "./shape.js";

export type ReportShape = (node: YamlNode, message: string) => void;

/** Whether a node has a shape; what does not fit is reported at its place, with the path that leads there. */
export function checkShape(node: YamlNode, shape: Shape, path: string, report: ReportShape): boolean {
  switch (shape.kind) {
    case "any":
      return true;
    case "salt-version":
      return checkSaltVersion(node, path, report);
    case "list":
      if (node.kind !== "sequence") return wrong(node, shape, path, report);
      return all(node.items.map((item, index) => checkShape(item, shape.item, `${path}[${index}]`, report)));
    case "map":
      if (node.kind !== "mapping") return wrong(node, shape, path, report);
      return checkMap(node, shape, path, report);
    case "record":
      if (node.kind !== "mapping") return wrong(node, shape, path, report);
      return checkRecord(node, shape, path, report);
    case "either":
      // The form decides which alternative is meant; its own complaints are then the useful ones.
      return checkShape(node, shape.shapes.find((candidate) => hasForm(node, candidate)) ?? shape, path, report);
    default:
      return fitsScalar(node, shape) || wrong(node, shape, path, report);
  }
}

function checkSaltVersion(node: YamlNode, path: string, report: ReportShape): boolean {
  const mistake = saltVersionMistake(node.kind === "scalar" ? toJson(node.value) : str(node.value));
  if (mistake !== undefined) report(node, `${path} ${mistake}`);
  return mistake === undefined;
}

function checkMap(node: YamlMapping, shape: Shape & { kind: "map" }, path: string, report: ReportShape): boolean {
  return all(
    node.pairs.map(({ key, value }) => {
      const name = str(key.value);
      if (shape.keys && !shape.keys.includes(name)) return unknown(key, name, shape.keys, path, report);
      return checkShape(value, shape.value, join(path, name), report);
    }),
  );
}

function checkRecord(node: YamlMapping, shape: RecordShape, path: string, report: ReportShape): boolean {
  const names = Object.keys(shape.fields);
  const results = node.pairs.map(({ key, value }) => {
    const name = str(key.value);
    const field = Object.hasOwn(shape.fields, name) ? shape.fields[name] : undefined;
    if (field) return isNothing(value) || checkShape(value, field, join(path, name), report);
    return shape.open || unknown(key, name, names, path, report);
  });
  for (const name of shape.required ?? []) {
    if (node.pairs.some(({ key }) => key.value === name)) continue;
    report(node, `${path || "the file"}: '${name}' is missing`);
    results.push(false);
  }
  return all(results);
}

/** `key:` with nothing behind it counts as if it were not there. */
function isNothing(node: YamlNode): boolean {
  return node.value === null;
}

function unknown(key: YamlNode, name: string, known: readonly string[], path: string, report: ReportShape): false {
  const meant = suggest(name, known);
  const place = path ? `${path}: ` : "";
  report(
    key,
    `${place}there is no '${name}'${meant ? `; did you mean '${meant}'?` : ` (there are ${known.join(", ")})`}`,
  );
  return false;
}

function wrong(node: YamlNode, shape: Shape, path: string, report: ReportShape): false {
  const found = node.kind === "scalar" ? `'${str(node.value)}'` : node.kind === "sequence" ? "a list" : "a mapping";
  report(node, `${path || "the file"} must be ${describeShape(shape)}, not ${found}`);
  return false;
}

function fitsScalar({ value }: YamlNode, shape: Shape): boolean {
  switch (shape.kind) {
    case "text":
      return typeof value === "string";
    case "boolean":
      return typeof value === "boolean";
    case "count":
      return typeof value === "number" && value >= 0;
    case "choice":
      return (
        (typeof value === "string" && shape.values.includes(value)) || (value === false && shape.values.includes("off"))
      );
    default:
      return false;
  }
}

function hasForm(node: YamlNode, shape: Shape): boolean {
  if (shape.kind === "list") return node.kind === "sequence";
  if (shape.kind === "map" || shape.kind === "record") return node.kind === "mapping";
  return fitsScalar(node, shape);
}

function join(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}

function all(results: readonly boolean[]): boolean {
  return results.every(Boolean);
}

/** A {@link ReportShape} that makes problems of one code. */
export function collectProblems(text: string, code: string, problems: Problem[]): ReportShape {
  return (node, message) => {
    const line = text.slice(0, node.span.start).split("\n").length;
    problems.push({ code, severity: "error", message, range: node.span, line });
  };
}
