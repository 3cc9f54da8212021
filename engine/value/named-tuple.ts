import { Tuple, type Value } from "./types.js";

/** A tuple whose items have names too, like the groups that `groupby` makes. */
export class NamedTuple extends Tuple {
  constructor(
    /** The name of the class, for messages. */
    readonly className: string,
    readonly fields: readonly string[],
    items: readonly Value[],
  ) {
    super(items);
  }
  field(name: string): Value | undefined {
    const index = this.fields.indexOf(name);
    return index < 0 ? undefined : this.items[index];
  }
}
