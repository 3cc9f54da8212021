import * as vscode from "vscode";
import type { CommandContext } from "./context.js";
import { installPackage, listInstalled, refreshDatabase, removePackage } from "./packages.js";
import { selectProfile, selectTarget } from "./selection.js";

/** The palette. A command that fails says why and leaves the details in the output channel. */
export function registerCommands(context: CommandContext): vscode.Disposable {
  const commands: { readonly [name: string]: (context: CommandContext) => Promise<void> } = {
    refreshDatabase,
    installPackage,
    removePackage,
    listInstalled,
    selectProfile,
    selectTarget,
    previewRendered: ({ previews }) => previews.open(vscode.window.activeTextEditor),
    restartServer: ({ server }) => server.restart(),
  };
  return vscode.Disposable.from(
    ...Object.entries(commands).map(([name, run]) =>
      vscode.commands.registerCommand(`winrepo.${name}`, async () => {
        try {
          await run(context);
        } catch (error) {
          context.server.output.error(error instanceof Error ? error : String(error));
          void vscode.window.showErrorMessage(`Winrepo: ${error instanceof Error ? error.message : String(error)}`);
        }
      }),
    ),
  );
}
