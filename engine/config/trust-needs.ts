import { withoutSecrets } from "../secrets.js";
import type { ProjectConfig, TargetConfig, UntrustedSetting } from "./project.js";
import { loadSaltConfiguration, type SaltConfiguration } from "./salt-config.js";
import type { GitRemote } from "./salt-remotes.js";

/** Settings of a simulated machine that count without trust: they decide what it answers, and nothing else. */
const harmless: ReadonlySet<string> = new Set(["bits", "grains", "environment"]);

const reasons: { readonly [kind in TargetConfig["kind"]]: string } = {
  simulated: "is a folder that a machine is kept in",
  windows: "runs installers on this machine",
  wine: "runs installers on this machine, with Wine",
  ssh: "logs in to another machine as you",
  salt: "commands machines through a Salt master",
};

/** Why a target counts only in a trusted project; nothing when it always counts. */
export function targetNeeds({ name, kind, settings }: TargetConfig): UntrustedSetting[] {
  if (kind === "simulated") {
    const names = Object.keys(settings).filter((setting) => !harmless.has(setting));
    return names.map((setting) => ({
      setting: `targets.${name}.${setting}`,
      reason: `${JSON.stringify(settings[setting])} ${reasons.simulated}`,
    }));
  }
  const said = Object.entries(settings).map(([setting, value]) => `${setting}: ${JSON.stringify(value)}`);
  const details = said.length > 0 ? ` (${said.join(", ")})` : "";
  return [{ setting: `targets.${name}`, reason: `of kind ${kind} ${reasons[kind]}${details}` }];
}

/** All settings of a project that count only when it is trusted. @param project as it is read when nobody trusts it */
export function trustNeeds(project: ProjectConfig): UntrustedSetting[] {
  const salt = (["minion", "master"] as const).flatMap((role) => loadSaltConfiguration(project, role).untrusted);
  const all = [...project.untrusted, ...[...project.targets.values()].flatMap(targetNeeds), ...salt];
  return [...new Map(all.map((need) => [need.setting, need])).values()];
}

/**
 * Why remotes that a project names count only when it is trusted: they would be asked with the person's own keys or
 * passwords, or lie on this machine. Those of Salt's defaults always count.
 */
export function remoteNeeds(
  { options }: Pick<SaltConfiguration, "options">,
  remotes: readonly GitRemote[],
): UntrustedSetting[] {
  const isOwn = (name: string) => options.get(name)?.origin.kind !== "default";
  if (!isOwn("winrepo_remotes") && !isOwn("winrepo_remotes_ng")) return [];
  const hasPassword = ["winrepo_user", "winrepo_password"].some(
    (name) => options.get(name)?.origin.kind === "environment",
  );
  return remotes.flatMap((remote) => {
    const reason = reasonOf(remote, hasPassword);
    return reason === undefined ? [] : [{ setting: `the remote ${withoutSecrets(remote.url)}`, reason }];
  });
}

function reasonOf({ transport, pubkey, privkey }: GitRemote, hasPassword: boolean): string | undefined {
  if (transport === "ssh") return "is asked with your ssh keys";
  if (transport === "file") return "lies on this machine";
  if (pubkey !== "" || privkey !== "") return "is asked with a key of this machine";
  return hasPassword ? "would be told the user name and password in your environment" : undefined;
}
