import * as vscode from "vscode";
import type { PreviewPanels } from "../preview/panels.js";
import type { WinrepoClient } from "../server.js";
import type { Status } from "../status.js";
import { installPackage, listInstalled, refreshDatabase, removePackage } from "./packages.js";
import { selectProfile, selectTarget } from "./selection.js";

export interface CommandWorld {
  readonly server: WinrepoClient;
  readonly previews: PreviewPanels;
  readonly status: Status;
}

/** The palette. A command that fails says why and leaves the details in the output channel. */
export function registerCommands(world: CommandWorld): vscode.Disposable {
  const commands: { readonly [name: string]: (world: CommandWorld) => Promise<void> } = {
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
          await run(world);
        } catch (error) {
          world.server.output.error(error instanceof Error ? error : String(error));
          void vscode.window.showErrorMessage(`Winrepo: ${error instanceof Error ? error.message : String(error)}`);
        }
      }),
    ),
  );
}
