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
