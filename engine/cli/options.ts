import { type Command, InvalidArgumentError } from "commander";

/** Reads an option that may be given several times. */
export function collect(value: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, value];
}

/** Refuses a second value of an option that has one: that the last one wins is not what anybody means. */
export function takeOptionsOnce(command: Command): void {
  for (const option of command.options) {
    const { parseArg } = option;
    if (!option.required || option.variadic || parseArg === collect) continue;
    let first: string | undefined;
    option.argParser((value: string, previous: unknown) => {
      if (first !== undefined) throw new InvalidArgumentError(`It has been given already, as '${first}'; name one.`);
      first = value;
      return parseArg ? parseArg(value, previous as never) : value;
    });
  }
  for (const each of command.commands) takeOptionsOnce(each);
}
