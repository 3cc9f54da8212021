/** A remote could not be brought up to date; the message says why and what to do, and holds no password. */
export class GitError extends Error {
  override readonly name = "GitError";
}
