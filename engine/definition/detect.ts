/** Keys at the start of an indented line, or within braces, that only package definitions have. */
const definitionKey =
  /^[ \t]+["']?(?:full_name|installer|install_flags|uninstaller|uninstall_flags|msiexec)["']?[ \t]*:|[{,][ \t]*["']?full_name["']?[ \t]*:/m;

const repositoryFolder = /(?:^|[\\/])win[\\/]repo(?:-ng)?[\\/]/i;

/**
 * Whether an `.sls` file is a package definition rather than a state or a pillar, by its text or by its place below
 * Salt's folders for definitions. Commented keys count, too: a definition may be switched off.
 */
export function looksLikeDefinition(text: string, path: string): boolean {
  return definitionKey.test(text.replace(/^([ \t]*)#+/gm, "$1 ")) || repositoryFolder.test(path);
}

const stateCall = /^[ \t]+-?[ \t]*[a-z_]+\.[a-z_]+:?[ \t]*$/m;
const stateKeyword = /^(?:include|extend|exclude):[ \t]*$|^[ \t]+- (?:require|watch|onchanges|unless|onlyif|listen):/m;

/** Whether a text has what only states have: a function of a state module, requisites, an `include` list. */
export function looksLikeState(text: string): boolean {
  return stateCall.test(text) || stateKeyword.test(text);
}
