/** What a repository may cost. Its server is not trusted: a few kilobytes can stand for more than any machine holds. */
export interface GitLimits {
  /** Bytes that a server may send, and of a pack that is read. */
  readonly packBytes: number;
  /** Bytes of the list of refs. */
  readonly refsBytes: number;
  readonly objects: number;
  /** Bytes of one file. Hosting services allow no larger ones. */
  readonly fileBytes: number;
  /** Bytes of what is no file: a folder's listing, a commit, a tag. */
  readonly listingBytes: number;
  /** Bytes of all files and listings of a pack, or of all files of a checkout. */
  readonly totalBytes: number;
  /** How many differences lead from an object to one that is whole. */
  readonly deltaDepth: number;
  /** Files and folders of a commit. */
  readonly entries: number;
  /** Folders in each other. */
  readonly depth: number;
  /** Characters of a file's path. */
  readonly pathLength: number;
}

const megabyte = 1024 ** 2;

export const gitLimits: GitLimits = {
  packBytes: 512 * megabyte,
  refsBytes: 32 * megabyte,
  objects: 500_000,
  fileBytes: 100 * megabyte,
  listingBytes: 8 * megabyte,
  totalBytes: 1024 * megabyte,
  deltaDepth: 250,
  entries: 100_000,
  depth: 100,
  pathLength: 4096,
};
