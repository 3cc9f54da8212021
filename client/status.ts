import * as vscode from "vscode";
import { notifications, requests, type Selection } from "../server/protocol.js";
import type { LanguageAssignment } from "./language-assignment.js";
import type { WinrepoClient } from "./server.js";

const storageKey = "winrepo.selection";

/** The status bar: which profile previews and hovers show, and which target commands act on. */
export class Status implements vscode.Disposable {
  readonly #profile = vscode.window.createStatusBarItem("winrepo.profile", vscode.StatusBarAlignment.Right, 100);
  readonly #target = vscode.window.createStatusBarItem("winrepo.target", vscode.StatusBarAlignment.Right, 99);
  readonly #subscriptions: vscode.Disposable[];
  readonly #server: WinrepoClient;
  readonly #state: vscode.Memento;
  readonly #definitions: LanguageAssignment;
  #selection: Selection | undefined;

  constructor(server: WinrepoClient, state: vscode.Memento, definitions: LanguageAssignment) {
    this.#server = server;
    this.#state = state;
    this.#definitions = definitions;
    this.#profile.name = "Winrepo profile";
    this.#profile.command = "winrepo.selectProfile";
    this.#target.name = "Winrepo target";
    this.#target.command = "winrepo.selectTarget";
    this.#subscriptions = [
      this.#profile,
      this.#target,
      server.on(notifications.selection, (selection) => this.#show(selection)),
      definitions.onDidChange(() => this.#update()),
    ];
  }

  get selection(): Selection | undefined {
    return this.#selection;
  }

  /** Takes up the choice of the last session, as far as it still exists. */
  async restore(): Promise<void> {
    await this.select(this.#state.get<Partial<Selection>>(storageKey, {}));
  }

  async select(choice: Partial<Selection>): Promise<void> {
    this.#show(await this.#server.request(requests.select, choice));
    await this.#state.update(storageKey, this.#selection);
  }

  #show(selection: Selection): void {
    this.#selection = selection;
    this.#update();
  }

  #update(): void {
    if (!this.#selection) return;
    const { profile, target } = this.#selection;
    this.#profile.text = `$(circuit-board) ${profile}`;
    this.#profile.tooltip = `Winrepo renders previews and hovers for the profile ${profile}. Click to choose another.`;
    this.#target.text = `$(vm) ${target}`;
    this.#target.tooltip = vscode.workspace.isTrusted
      ? `Winrepo installs and removes packages on the target ${target}. Click to choose another.`
      : "Winrepo touches no target in a folder that you do not trust.";
    const relevant = this.#definitions.isDefinition(vscode.window.activeTextEditor?.document);
    for (const item of [this.#profile, this.#target]) {
      if (relevant) item.show();
      else item.hide();
    }
  }

  dispose(): void {
    vscode.Disposable.from(...this.#subscriptions).dispose();
  }
}
