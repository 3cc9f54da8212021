import { subjectOf } from "../../definition/model.js";
import { str } from "../../value/repr.js";
import { replaceLiteral } from "../edits.js";
import type { DefinitionRule } from "../rule.js";

const digits: ReadonlyMap<string, number> = new Map([
  ["md5", 32],
  ["sha1", 40],
  ["sha224", 56],
  ["sha256", 64],
  ["sha384", 96],
  ["sha512", 128],
]);

export const sourceHashFormat: DefinitionRule = {
  kind: "definition",
  meta: {
    code: "source-hash-format",
    title: "A source_hash that Salt cannot use.",
    severity: "warning",
    salt: "pkg.install ends with an exception before it runs the installer; packages after it are not processed.",
    why: "Salt wants `type=hex`, or the URL of a checksum file. A colon instead of the equals sign, a missing type or a digit too few end the whole call.",
    example: {
      bad: "app:\n  '1.0':\n    full_name: App\n    installer: 'https://example.com/app.exe'\n    install_flags: '/S'\n    source_hash: 'sha1:2fd4e1c67a2d28fced849ee1bb76e7391b93eb12'\n",
      good: "app:\n  '1.0':\n    full_name: App\n    installer: 'https://example.com/app.exe'\n    install_flags: '/S'\n    source_hash: 'sha1=2fd4e1c67a2d28fced849ee1bb76e7391b93eb12'\n",
    },
    fixable: "fix",
  },
  check(context) {
    for (const version of context.versions) {
      const attribute = version.attributes.get("source_hash");
      if (!attribute || attribute.value === null || attribute.value === false || attribute.value === "") continue;
      const text = str(attribute.value);
      const problem = /^(salt|https?|ftp|swift|s3|file):/i.test(text) ? undefined : problemOf(text);
      if (problem === undefined) continue;
      const meant = intended(text);
      const fix = meant && replaceLiteral(context, attribute.node.span, `'${meant}'`, `Write '${meant}'`);
      context.report({
        range: context.at(attribute.node),
        message: `source_hash of '${subjectOf(version)}' cannot be used: ${problem}.`,
        ...(!text.includes("=") && {
          salt: `pkg.install ends with "Source hash '${text}' format is invalid. It must be in the format <hash type>=<hash>, …".`,
        }),
        advice: "Write the type, '=', and the hexadecimal digest: sha256=…",
        subject: subjectOf(version),
        ...(fix && { fix }),
      });
    }
  },
};

function problemOf(text: string): string | undefined {
  const at = text.indexOf("=");
  if (at < 0) return "there is no '=' between a type and a digest";
  const type = text.slice(0, at).trim().toLowerCase();
  const digest = text.slice(at + 1).trim();
  const length = digits.get(type);
  if (length === undefined) {
    const known = "Salt's are md5, sha1, sha224, sha256, sha384 and sha512";
    // Python's hashlib has more; Salt compares them with nothing.
    const hashlib = /^(sha3_|blake2|shake_)/.test(type) ? ", though Python has it" : "";
    return `'${type}' is no hash type of Salt's${hashlib}; ${known}`;
  }
  if (!/^[0-9a-f]*$/i.test(digest)) return `'${digest}' is not hexadecimal`;
  return digest.length === length ? undefined : `a ${type} digest has ${length} digits, not ${digest.length}`;
}

/** `sha256:…`, `sha256 …` and a bare digest of a known length can only mean one thing. */
function intended(text: string): string | undefined {
  const match = /^(?:(md5|sha\d+)(?:\s*[:-]\s*|\s+))?([0-9a-f]+)$/i.exec(text.trim());
  if (!match?.[2]) return undefined;
  const byLength = [...digits].find(([, length]) => length === match[2]?.length)?.[0];
  const type = match[1]?.toLowerCase() ?? byLength;
  return type !== undefined && type === byLength ? `${type}=${match[2]}` : undefined;
}
