import type { GitRemote } from "../config/salt-remotes.js";
import type { Progress } from "../progress.js";
import type { GitLimits } from "./limits.js";
import type { Repository } from "./repository.js";
import type { ServerRef, Wanted } from "./wanted-ref.js";

/** What a person or the editor answers when a server wants to know who asks. Undefined: nobody knows. */
export interface Credentials {
  readonly user: string;
  readonly password: string;
}

export type AskCredentials = (remote: GitRemote, failed: boolean) => Promise<Credentials | undefined>;

export interface TransportOptions {
  readonly remote: GitRemote;
  readonly progress: Progress;
  readonly signal?: AbortSignal;
  readonly limits: GitLimits;
  /** Asked when the server refuses and the configuration holds no password. */
  readonly askCredentials?: AskCredentials;
}

/** One way to a remote. Both calls reject with a GitError that holds no secret. */
export interface Transport {
  refs(): Promise<readonly ServerRef[]>;
  /**
   * Brings the wanted objects into the repository, the newest commit alone where the server can, and gives the commit.
   * Only what is not there yet is transferred.
   */
  fetch(repository: Repository, wanted: Wanted): Promise<string>;
}
