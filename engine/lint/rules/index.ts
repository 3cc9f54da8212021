import type { Rule } from "../rule.js";
import { blockScalarQuotes } from "./block-scalar-quotes.js";
import { cacheDirOfRoot } from "./cache-dir-of-root.js";
import { cacheFileType } from "./cache-file-type.js";
import { cacheNotSalt } from "./cache-not-salt.js";
import { duplicateFullName } from "./duplicate-full-name.js";
import { duplicatePackage } from "./duplicate-package.js";
import { envVarInInstaller } from "./env-var-in-installer.js";
import { escapeInPath } from "./escape-in-path.js";
import { exeWithoutFlags } from "./exe-without-flags.js";
import { fileUrl } from "./file-url.js";
import { flagsType } from "./flags-type.js";
import { fullNameOutlier } from "./full-name-outlier.js";
import { fullNameType } from "./full-name-type.js";
import { grainNeverEqual } from "./grain-never-equal.js";
import { guidMalformed } from "./guid-malformed.js";
import { guidWithoutMsiexec } from "./guid-without-msiexec.js";
import { hardCodedProgramFiles } from "./hard-coded-program-files.js";
import { httpUrl } from "./http-url.js";
import { installerVersionOutlier } from "./installer-version-outlier.js";
import { jinjaInComment } from "./jinja-in-comment.js";
import { jinjaLoopOverString } from "./jinja-loop-over-string.js";
import { jinjaUnpackMismatch } from "./jinja-unpack-mismatch.js";
import { latestWithVersions } from "./latest-with-versions.js";
import { missingFullName } from "./missing-full-name.js";
import { missingSourceHash } from "./missing-source-hash.js";
import { msiNotQuiet } from "./msi-not-quiet.js";
import { msiWithoutMsiexec } from "./msi-without-msiexec.js";
import { msiexecType } from "./msiexec-type.js";
import { msiexecUninstaller } from "./msiexec-uninstaller.js";
import { msiexecWithExe } from "./msiexec-with-exe.js";
import { needsNewerSalt } from "./needs-newer-salt.js";
import { newestVersionWithoutInstaller } from "./newest-version-without-installer.js";
import { notADefinition } from "./not-a-definition.js";
import { notStartable } from "./not-startable.js";
import { numberLosesDigits } from "./number-loses-digits.js";
import { ownFileInCheckout } from "./own-file-in-checkout.js";
import { packageNameFileName } from "./package-name-file-name.js";
import { packageNameType } from "./package-name-type.js";
import { packageNotMapping } from "./package-not-mapping.js";
import { packageWithoutVersions } from "./package-without-versions.js";
import { pathOutsideRepository } from "./path-outside-repository.js";
import { pathQuoted } from "./path-quoted.js";
import { fileProblems } from "./problems-file.js";
import { jinjaProblems } from "./problems-jinja.js";
import { yamlProblems } from "./problems-yaml.js";
import { programFilesX86OnX86 } from "./program-files-x86-on-x86.js";
import { regexWithoutGroup } from "./regex-without-group.js";
import { rootNotMapping } from "./root-not-mapping.js";
import { saltFileMissing } from "./salt-file-missing.js";
import { sameInstaller } from "./same-installer.js";
import { shellSyntaxInFlags } from "./shell-syntax-in-flags.js";
import { sourceHashFormat } from "./source-hash-format.js";
import { truthyText } from "./truthy-text.js";
import { undefinedOnSomePath } from "./undefined-on-some-path.js";
import { uninstallerType } from "./uninstaller-type.js";
import { uninstallerWithArguments } from "./uninstaller-with-arguments.js";
import { unknownKey } from "./unknown-key.js";
import { unrenderedBraces } from "./unrendered-braces.js";
import { unusedSet } from "./unused-set.js";
import { unusedSuppression } from "./unused-suppression.js";
import { urlDoubleSlash } from "./url-double-slash.js";
import { urlQueryInInstaller } from "./url-query-in-installer.js";
import { valueOuterWhitespace } from "./value-outer-whitespace.js";
import { versionEmpty } from "./version-empty.js";
import { versionNotMapping } from "./version-not-mapping.js";
import { versionNotString } from "./version-not-string.js";
import { wrongSilentFlags } from "./wrong-silent-flags.js";
import { x64InstallerOnX86 } from "./x64-installer-on-x86.js";
import { x86UninstallerPath } from "./x86-uninstaller-path.js";
import { yamlDuplicateKey } from "./yaml-duplicate-key.js";

/** Every rule, in the order of docs/rules.md: what costs data first, advice last. */
export const rules: readonly Rule[] = [
  ...fileProblems,
  ...jinjaProblems,
  ...yamlProblems,
  notADefinition,
  rootNotMapping,
  packageNotMapping,
  packageWithoutVersions,
  packageNameType,
  versionNotString,
  versionNotMapping,
  versionEmpty,
  missingFullName,
  fullNameType,
  yamlDuplicateKey,
  msiexecType,
  flagsType,
  uninstallerType,
  cacheFileType,
  truthyText,
  unknownKey,
  msiWithoutMsiexec,
  msiexecWithExe,
  msiexecUninstaller,
  guidWithoutMsiexec,
  guidMalformed,
  notStartable,
  uninstallerWithArguments,
  pathQuoted,
  blockScalarQuotes,
  escapeInPath,
  msiNotQuiet,
  exeWithoutFlags,
  wrongSilentFlags,
  shellSyntaxInFlags,
  envVarInInstaller,
  urlQueryInInstaller,
  fileUrl,
  pathOutsideRepository,
  sourceHashFormat,
  cacheNotSalt,
  cacheDirOfRoot,
  saltFileMissing,
  ownFileInCheckout,
  unrenderedBraces,
  programFilesX86OnX86,
  x64InstallerOnX86,
  x86UninstallerPath,
  newestVersionWithoutInstaller,
  jinjaLoopOverString,
  jinjaUnpackMismatch,
  grainNeverEqual,
  undefinedOnSomePath,
  numberLosesDigits,
  jinjaInComment,
  regexWithoutGroup,
  needsNewerSalt,
  unusedSet,
  duplicatePackage,
  duplicateFullName,
  fullNameOutlier,
  installerVersionOutlier,
  sameInstaller,
  httpUrl,
  hardCodedProgramFiles,
  missingSourceHash,
  latestWithVersions,
  valueOuterWhitespace,
  urlDoubleSlash,
  packageNameFileName,
  unusedSuppression,
];

export const ruleByCode: ReadonlyMap<string, Rule> = new Map(rules.map((rule) => [rule.meta.code, rule]));
