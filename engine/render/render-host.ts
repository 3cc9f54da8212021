import type { Profile } from "../config/profile.js";
import type { FileServer, Mount } from "./file-server.js";
import type { RenderedDefinition } from "./rendered.js";

/** A document to render. */
export interface RenderDocument {
  /** Shown in messages, and the template's `tplpath`. */
  readonly path: string;
  /** The file's bytes, or its text. */
  readonly source: string | Uint8Array;
}

/** What decides a rendering besides document and profile. Plain data: it is copied to workers. */
export interface RenderSettings {
  /** What the file server shows, first match wins; without any each import is a template that is not found. */
  readonly mounts?: readonly Mount[];
  /** Texts that count in the place of files, by absolute path: what an editor has open. */
  readonly texts?: Texts;
  /** Default `base`. */
  readonly saltenv?: string;
  /** The minion's option `renderer`; default `jinja|yaml`. */
  readonly renderer?: string;
  /** Data only: no ranges, no source map. */
  readonly dataOnly?: boolean;
}

/** Texts by absolute path. */
export type Texts = Pick<ReadonlyMap<string, string>, "get">;

/** Makes the file server of some mounts: the one thing of the world around it that a rendering asks. */
export type OpenFileServer = (mounts: readonly Mount[], texts?: Texts) => FileServer;

/**
 * A rendering that was ended before it came to its end, by its signal or by the limit on memory. Nothing follows from
 * it: it is no finding, no outcome, and never kept.
 */
export class NotFinished {
  constructor(readonly reason: "ended" | "memory") {}
}

/**
 * Something that is made of documents by rendering them. It is done where the host renders, so that only what is wanted
 * comes back; a worker finds its own copy of the task by the name.
 */
export interface RenderTask<Setup extends object, Input, Result> {
  readonly name: string;
  /** Never throws for what stands in a document. @param setup plain data, the same for many inputs */
  run(setup: Setup, input: Input, openFileServer: OpenFileServer): Result;
  /** A result as plain data, and back: classes do not survive the way between threads. */
  pack(result: Result): unknown;
  unpack(packed: unknown, input: Input): Result;
}

/**
 * The one way to render documents: on the calling thread or in workers. In a worker a rendering can be ended at any
 * moment, and its memory is limited.
 */
export interface RenderHost {
  /** How many calls can be in flight before further ones only queue. */
  readonly width: number;
  /** Never rejects for what stands in the document. */
  render(
    document: RenderDocument,
    profile: Profile,
    settings: RenderSettings,
    signal?: AbortSignal,
  ): Promise<RenderedDefinition | NotFinished>;
  /**
   * Does a task for some documents, one after the other.
   * @param setup plain data; the same object for many calls is copied to a worker once
   * @returns one result for each input, in order
   */
  run<Setup extends object, Input, Result>(
    task: RenderTask<Setup, Input, Result>,
    setup: Setup,
    inputs: readonly Input[],
    signal?: AbortSignal,
  ): Promise<readonly (Result | NotFinished)[]>;
  /** Ends all work; what is in flight is not finished. */
  close(): Promise<void>;
}
