export { loadYaml, loadYamlData, type YamlData } from "./load.js";
export type { YamlMapping, YamlNode, YamlResult, YamlScalar, YamlSequence } from "./node.js";
