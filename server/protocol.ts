/**
 * What client and server say to each other beyond LSP. Both sides use these declarations; nothing else is shared.
 * Other editors may use them, too: docs/protocol.md describes each.
 */

/** Names a request and carries the types of its parameters and its answer. */
export interface RequestOf<Params, Result> {
  readonly method: string;
  /** Never set: holds the types only. */
  readonly types?: { readonly params: Params; readonly result: Result };
}

export interface NotificationOf<Params> {
  readonly method: string;
  readonly types?: { readonly params: Params };
}

export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** Options of `initialize`. */
export interface ServerOptions {
  /**
   * Whether the person trusts the workspace. If not: language features only, no command touches a database or a target, and
   * settings of a project file that start programs or lead out of its folder do not count. Default false.
   */
  readonly trusted?: boolean;
  /** Commands of the editor itself that answers may name: LSP has no capability for them. Default none. */
  readonly editorCommands?: readonly string[];
  /** The {@link notifications} that the client wants, by method. Default none. */
  readonly notifications?: readonly string[];
}

export interface PreviewParams {
  readonly uri: string;
  /** A profile's name; the selected one when absent. */
  readonly profile?: string;
}

export interface PreviewProblem {
  readonly code: string;
  readonly severity: "error" | "warning" | "information" | "hint";
  readonly message: string;
  /** In the source. */
  readonly range: Range;
}

/** What Salt would make of a definition on one kind of machine. */
export interface Preview {
  readonly uri: string;
  /** The version of the document that was rendered; absent for a file that is not open. */
  readonly version?: number;
  readonly profile: string;
  readonly profiles: readonly string[];
  /** `abort`: Salt's refresh of the whole repository would die of this file. */
  readonly status: "ok" | "error" | "abort";
  /** Salt's own messages. */
  readonly messages: readonly string[];
  /** The text after the template stage, as far as it came. */
  readonly text: string;
  readonly problems: readonly PreviewProblem[];
  readonly packages: number;
  readonly versions: number;
}

export interface MapToSourceParams {
  readonly uri: string;
  readonly profile: string;
  /** 0-based line of the rendered text. */
  readonly line: number;
}

export interface MapToRenderedParams {
  readonly uri: string;
  readonly profile: string;
  readonly range: Range;
}

export interface ProfileSummary {
  readonly name: string;
  /** Operating system and architecture, for a person who chooses. */
  readonly description: string;
}

export interface TargetSummary {
  readonly name: string;
  readonly kind: string;
}

/** What the status bar shows, and what previews and commands use when nothing else is said. */
export interface Selection {
  readonly profile: string;
  readonly target: string;
}

export interface PackageSummary {
  readonly name: string;
  /** Newest first, in Salt's order. */
  readonly versions: readonly string[];
  readonly fullName: string;
}

export const requests = {
  preview: { method: "winrepo/preview" } as RequestOf<PreviewParams, Preview | null>,
  mapToSource: { method: "winrepo/mapToSource" } as RequestOf<MapToSourceParams, Range | null>,
  /** The rendered lines (0-based) that a source range made. */
  mapToRendered: { method: "winrepo/mapToRendered" } as RequestOf<MapToRenderedParams, readonly number[]>,
  profiles: { method: "winrepo/profiles" } as RequestOf<null, readonly ProfileSummary[]>,
  targets: { method: "winrepo/targets" } as RequestOf<null, readonly TargetSummary[]>,
  /** The packages of the target's database; empty before the first refresh. */
  packages: { method: "winrepo/packages" } as RequestOf<{ readonly target: string }, readonly PackageSummary[]>,
  /** Chooses profile or target; answers with what is chosen now. */
  select: { method: "winrepo/select" } as RequestOf<Partial<Selection>, Selection>,
} as const;

export const notifications = {
  /** Server → client: the selection changed. */
  selection: { method: "winrepo/selection" } as NotificationOf<Selection>,
  /** Server → client: whether an open document is a package definition, by its content. */
  classified: { method: "winrepo/classified" } as NotificationOf<{
    readonly uri: string;
    readonly definition: boolean;
  }>,
  /** Server → client: a definition was rendered anew; previews of it are old. */
  rendered: { method: "winrepo/rendered" } as NotificationOf<{ readonly uri: string }>,
  /** Client → server: the person trusts this workspace from now on. */
  trusted: { method: "winrepo/trusted" } as NotificationOf<null>,
} as const;

/** Commands of `workspace/executeCommand`; each takes one argument object. */
export const serverCommands = {
  refresh: "winrepo.server.refreshDatabase",
  install: "winrepo.server.install",
  remove: "winrepo.server.remove",
  list: "winrepo.server.listInstalled",
} as const;

export interface TargetArgument {
  readonly target: string;
}

/** Package and version are always named: nothing is installed or removed that the person did not choose. */
export interface PackageArgument extends TargetArgument {
  readonly name: string;
  readonly version: string;
}

/** The answer of every server command. */
export interface CommandOutcome {
  readonly ok: boolean;
  /** One line for a notification. */
  readonly summary: string;
  /** The full report as text, for the output channel. */
  readonly report: string;
  /** What Salt's function of that name returns. */
  readonly result: unknown;
  /** Changes of the definition that would make it fit what the installer really did. */
  readonly corrections: readonly CorrectionEdit[];
}

export interface CorrectionEdit {
  /** Why, in a sentence. */
  readonly reason: string;
  readonly uri: string;
  readonly range: Range;
  readonly newText: string;
}

/** One line of {@link serverCommands.list}, in `result`: short name → versions. */
export type PackageListing = { readonly [name: string]: string };
