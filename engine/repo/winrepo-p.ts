import { readFile } from "node:fs/promises";
import writeFileAtomic from "write-file-atomic";
import { Dict, type Value } from "../value/types.js";
import type { WinrepoData } from "./database.js";
import { decodeMsgpack, encodeMsgpack, MsgpackError } from "./msgpack.js";

/** A winrepo.p that cannot be used; the message names the file, what is wrong with it and what to do. */
export class WinrepoFileError extends Error {
  override readonly name = "WinrepoFileError";
}

/** winrepo.p as the minion's genrepo writes it (spec §2.8): `name_map` only when a package was merged. */
export function encodeWinrepo(data: WinrepoData): Buffer {
  const content = Dict.from([
    ["repo", data.repo],
    ["errors", data.errors],
  ]);
  // Salt makes the name map when it merges the first file with content, even if all its packages are empty.
  if (data.repo.size > 0) content.set("name_map", data.nameMap);
  return encodeMsgpack(content);
}

/** @throws MsgpackError when the bytes are no winrepo.p */
export function decodeWinrepo(bytes: Uint8Array): WinrepoData {
  const content = decodeMsgpack(bytes);
  if (!(content instanceof Dict)) throw new MsgpackError("it holds no mapping");
  return {
    repo: section(content, "repo"),
    errors: section(content, "errors"),
    nameMap: section(content, "name_map"),
  };
}

function section(content: Dict, key: string): Dict {
  const value: Value | undefined = content.get(key);
  if (value === undefined) return new Dict();
  if (!(value instanceof Dict)) throw new MsgpackError(`its '${key}' is no mapping`);
  return value;
}

/** @throws WinrepoFileError when the file is missing, unreadable or damaged */
export async function readWinrepoFile(file: string): Promise<WinrepoData> {
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === "ENOENT";
    const reason = missing ? "there is no such file" : (error as Error).message;
    throw new WinrepoFileError(`cannot read ${file}: ${reason}; make it with winrepo genrepo or winrepo refresh-db`);
  }
  try {
    return decodeWinrepo(bytes);
  } catch (error) {
    if (!(error instanceof MsgpackError)) throw error;
    throw new WinrepoFileError(
      `${file} is damaged: ${error.message}. Salt would take it for an empty repository; make it anew with winrepo refresh-db`,
    );
  }
}

/** Replaces the file in one step: whoever reads it meanwhile, and whatever ends us, finds the old or the new content. */
export async function writeWinrepoFile(file: string, data: WinrepoData): Promise<void> {
  await writeFileAtomic(file, encodeWinrepo(data));
}
