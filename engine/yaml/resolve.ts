/** The tags that PyYAML knows, by their full names. */
export const tags = {
  null: "tag:yaml.org,2002:null",
  bool: "tag:yaml.org,2002:bool",
  int: "tag:yaml.org,2002:int",
  float: "tag:yaml.org,2002:float",
  binary: "tag:yaml.org,2002:binary",
  timestamp: "tag:yaml.org,2002:timestamp",
  omap: "tag:yaml.org,2002:omap",
  pairs: "tag:yaml.org,2002:pairs",
  set: "tag:yaml.org,2002:set",
  str: "tag:yaml.org,2002:str",
  unicode: "tag:yaml.org,2002:python/unicode",
  seq: "tag:yaml.org,2002:seq",
  map: "tag:yaml.org,2002:map",
  merge: "tag:yaml.org,2002:merge",
  value: "tag:yaml.org,2002:value",
} as const;

export const bool = /^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/;
const float =
  /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const int =
  /^(?:[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)$/;
const timestamp =
  /^(?:[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{4}-[0-9][0-9]?-[0-9][0-9]?(?:[Tt]|[ \t]+)[0-9][0-9]?:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?(?:[ \t]*(?:Z|[-+][0-9][0-9]?(?::[0-9]{2})?))?)$/;

/** The tag of a plain scalar without one of its own, by YAML 1.1 as PyYAML reads it (salt-reference §4.1). */
export function resolvePlain(text: string): string {
  switch (text.charAt(0)) {
    case "":
      return tags.null;
    case "~":
      return text === "~" ? tags.null : tags.str;
    case "n":
    case "N":
      if (text === "null" || text === "Null" || text === "NULL") return tags.null;
      return bool.test(text) ? tags.bool : tags.str;
    case "y":
    case "Y":
    case "t":
    case "T":
    case "f":
    case "F":
    case "o":
    case "O":
      return bool.test(text) ? tags.bool : tags.str;
    case "-":
    case "+":
    case ".":
      if (float.test(text)) return tags.float;
      return int.test(text) ? tags.int : tags.str;
    case "0":
    case "1":
    case "2":
    case "3":
    case "4":
    case "5":
    case "6":
    case "7":
    case "8":
    case "9":
      if (float.test(text)) return tags.float;
      if (int.test(text)) return tags.int;
      return timestamp.test(text) ? tags.timestamp : tags.str;
    case "<":
      return text === "<<" ? tags.merge : tags.str;
    case "=":
      return text === "=" ? tags.value : tags.str;
    default:
      return tags.str;
  }
}
