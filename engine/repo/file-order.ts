/**
 * The order of names in a folder as a minion's NTFS gives them: by upper-cased UTF-16 unit, so that `ab` comes before
 * `a_b` (salt-reference §2.3).
 */
export function compareNames(a: string, b: string): number {
  const left = a.toUpperCase();
  const right = b.toUpperCase();
  if (left !== right) return left < right ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * The order in which a minion reads the files of a repository: those of a folder before those of its subfolders. Which of
 * two files is to blame for a package that both define depends on it.
 * @param a a path with `/`
 */
export function comparePaths(a: string, b: string): number {
  const left = a.split("/");
  const right = b.split("/");
  for (let index = 0; ; index++) {
    const leftLast = index === left.length - 1;
    const rightLast = index === right.length - 1;
    if (leftLast !== rightLast) return leftLast ? -1 : 1;
    const order = compareNames(left[index] ?? "", right[index] ?? "");
    if (order !== 0 || leftLast) return order;
  }
}
