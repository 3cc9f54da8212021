import { atExpenseOf, unmetered } from "../../value/meter.js";
import { PyError } from "../../value/types.js";
import type { Place } from "./provenance.js";
import type { Rendering } from "./rendering.js";

/** An error of a template together with where it was raised. Passes through the templates around it unchanged. */
export class LocatedError extends Error {
  constructor(
    readonly error: PyError,
    readonly place: Place,
    /** The line that Jinja names. */
    readonly line: number,
    /** The imported template; undefined for the file itself. */
    readonly file: string | undefined,
  ) {
    super(error.message);
  }
}

/** Runs a part of a template; what it raises knows its place from here on. */
export function located<T>(rendering: Rendering, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof PyError) {
      // Finding the place costs the template nothing: a budget that is used up would end it, too.
      const place = atExpenseOf(unmetered, () => rendering.errorPlace(error));
      throw new LocatedError(error, place, rendering.line, rendering.file);
    }
    throw error;
  }
}
