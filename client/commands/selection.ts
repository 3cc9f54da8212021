import * as vscode from "vscode";
import { requests } from "../../server/protocol.js";
import type { CommandContext } from "./context.js";

export async function selectProfile({ server, status }: CommandContext): Promise<void> {
  const profiles = await server.request(requests.profiles, null);
  const items = profiles.map(({ name, description }) => ({
    label: name,
    description,
    picked: name === status.selection?.profile,
  }));
  const choice = await vscode.window.showQuickPick(items, { title: "Profile to render with" });
  if (choice) await status.select({ profile: choice.label });
}

export async function selectTarget({ server, status }: CommandContext): Promise<void> {
  const targets = await server.request(requests.targets, null);
  const items = targets.map(({ name, kind }) => ({ label: name, description: kind }));
  const choice = await vscode.window.showQuickPick(items, { title: "Target that packages are tried on" });
  if (choice) await status.select({ target: choice.label });
}
