import { readFile } from "node:fs/promises";
import { type ReplaceOptions, replaceFile } from "../replace-file.js";
import { Dict, type Value } from "../value/types.js";
import type { WinrepoData } from "./database.js";
import { decodeMsgpack, MsgpackError, MsgpackWriter } from "./msgpack.js";

/** A winrepo.p that cannot be used; the message names the file, what is wrong with it and what to do. */
export class WinrepoFileError extends Error {
  override readonly name = "WinrepoFileError";
}

/** winrepo.p as the minion's genrepo writes it (salt-reference §2.8). */
export function encodeWinrepo(data: WinrepoData): Buffer {
  const entries = new MsgpackWriter();
  for (const [name, versions] of data.repo) entries.value(name).value(versions);
  return assembleWinrepo(data.repo.size, entries.bytes(), data.errors, data.nameMap);
}

/**
 * The same, with the packages as bytes: `packages` pairs of a MessagePack map. Salt makes the name map when it merges
 * the first file with content, be all its packages empty; without any there is no such key.
 */
export function assembleWinrepo(packages: number, entries: Uint8Array, errors: Dict, nameMap: Dict): Buffer {
  const writer = new MsgpackWriter().mapHeader(packages > 0 ? 3 : 2);
  writer.text("repo").mapHeader(packages).append(entries);
  writer.text("errors").value(errors);
  if (packages > 0) writer.text("name_map").value(nameMap);
  return writer.bytes();
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
export async function writeWinrepoFile(
  file: string,
  content: Uint8Array,
  options?: Pick<ReplaceOptions, "follow">,
): Promise<void> {
  await replaceFile(file, content, options);
}
