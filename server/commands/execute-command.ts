import {
  type Connection,
  ErrorCodes,
  type ExecuteCommandParams,
  LSPErrorCodes,
  ResponseError,
  WorkDoneProgressReporter,
} from "vscode-languageserver/node";
import {
  type CommandOutcome,
  type PackageArgument,
  requests,
  serverCommands,
  type TargetArgument,
} from "../protocol.js";
import type { ActionProject, ActionRun, Actions } from "./actions.js";
import { withProgress } from "./progress.js";

const untrusted =
  "Winrepo touches no database and no target in a folder that you do not trust. Trust it in the editor, or with `winrepo trust`.";

interface Command {
  /** Of the progress that the editor shows. */
  readonly title: (argument: PackageArgument) => string;
  /** The parts that the argument must have. */
  readonly needs: readonly (keyof PackageArgument)[];
  readonly run: (
    actions: Actions,
    project: ActionProject,
    argument: PackageArgument,
    run: ActionRun,
  ) => Promise<CommandOutcome>;
}

const commands: ReadonlyMap<string, Command> = new Map([
  [
    serverCommands.refresh,
    {
      title: ({ target }) => `Refreshing the database of ${target}`,
      needs: ["target"],
      run: (actions, ...rest) => actions.refresh(...rest),
    },
  ],
  [
    serverCommands.install,
    {
      title: ({ target, name, version }) => `Installing ${name} ${version} on ${target}`,
      needs: ["target", "name", "version"],
      run: (actions, ...rest) => actions.install(...rest),
    },
  ],
  [
    serverCommands.remove,
    {
      title: ({ target, name, version }) => `Removing ${name} ${version} from ${target}`,
      needs: ["target", "name", "version"],
      run: (actions, ...rest) => actions.remove(...rest),
    },
  ],
  [
    serverCommands.list,
    {
      title: ({ target }) => `Reading what is installed on ${target}`,
      needs: ["target"],
      run: (actions, ...rest) => actions.list(...rest),
    },
  ],
] satisfies [string, Command][]);

export interface CommandServices {
  /** Loaded when the first command runs: most sessions only edit. */
  readonly actions: () => Promise<Actions>;
  readonly project: () => ActionProject;
  /** Whether the person trusts the project that commands are about. Asked anew each time: it is the server that refuses, not a menu. */
  readonly isTrusted: () => boolean;
}

/** Runs the commands that act: in trusted workspaces only, with progress, until they are done or cancelled. */
export function handleCommands(connection: Connection, services: CommandServices): void {
  connection.onRequest(requests.packages.method, async (argument: TargetArgument) => {
    return services.isTrusted() ? (await services.actions()).packages(services.project(), argument) : [];
  });
  connection.onExecuteCommand(async (params, token, reporter) => {
    const command = commands.get(params.command);
    if (!command) throw new ResponseError(ErrorCodes.InvalidParams, `There is no command ${params.command}.`);
    if (!services.isTrusted()) throw new ResponseError(LSPErrorCodes.RequestFailed, untrusted);
    const argument = argumentOf(params);
    const missing = command.needs.find((part) => typeof argument[part] !== "string" || argument[part] === "");
    if (missing) throw new ResponseError(ErrorCodes.InvalidParams, `${params.command} needs the ${missing} by name.`);

    const hasToken = !WorkDoneProgressReporter.isNullInstance(reporter);
    const shown = { title: command.title(argument), token, window: connection.window };
    return withProgress({ ...shown, reporter: hasToken ? reporter : undefined }, async (run) => {
      try {
        return await command.run(await services.actions(), services.project(), argument, run);
      } catch (error) {
        if (run.signal.aborted) throw new ResponseError(LSPErrorCodes.RequestCancelled, "Cancelled.");
        return failure(error);
      }
    });
  });
}

function argumentOf({ arguments: [argument] = [] }: ExecuteCommandParams): PackageArgument {
  return typeof argument === "object" && argument !== null
    ? (argument as PackageArgument)
    : { target: "", name: "", version: "" };
}

/** An action that cannot be done is an answer for the person, not a breakdown of the server. */
function failure(error: unknown): CommandOutcome {
  const message = error instanceof Error ? error.message : String(error);
  return { ok: false, summary: message, report: message, result: null, corrections: [] };
}
