import type { ProblemCode, SaltAnswer } from "./report.js";

export interface FailureDetails {
  readonly code: ProblemCode;
  /** The version at fault, where it is another than the one at work. */
  readonly version?: string;
  /** The attribute at fault; `version` for the version key. */
  readonly key?: string;
  readonly message: string;
  /** What Salt puts under the package's name, where it goes on with the others. */
  readonly answer?: SaltAnswer;
  /** What Salt raises or returns, where it gives up the whole call. */
  readonly salt?: { readonly exception?: string; readonly message: string };
}

/** One package cannot be done. Caught per package: the others are done all the same. */
export class PackageFailure extends Error {
  override readonly name = "PackageFailure";

  constructor(
    readonly details: FailureDetails,
    options?: ErrorOptions,
  ) {
    super(details.message, options);
  }

  /** What stands under the package's name: Salt's own answer, or where Salt has none, its error text. */
  get answer(): SaltAnswer {
    const { answer, salt, message } = this.details;
    if (answer !== undefined) return answer;
    if (!salt) return message;
    return salt.exception ? `${salt.exception}: ${salt.message}` : salt.message;
  }
}
