/** A generated file of the repository. */
export interface Page {
  /** From the repository's root, with slashes. */
  readonly path: string;
  readonly text: string;
}
