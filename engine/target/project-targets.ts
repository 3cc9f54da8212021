import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { type Document, isMap, parseDocument } from "yaml";
import { projectFileName, type TargetConfig } from "../config/project.js";
import { replaceFile } from "../replace-file.js";
import { TargetError } from "./target.js";

/** Adds a target to the project file, which is made where there is none. Comments and everything else stay as they are. */
export async function addTarget(file: string, { name, kind, settings }: TargetConfig): Promise<void> {
  await change(file, (document) => {
    if (document.hasIn(["targets", name])) throw new TargetError(`There is a target ${name} already.`);
    // A section that is there without content cannot take an entry.
    if (!isMap(document.get("targets"))) document.set("targets", document.createNode({}));
    document.setIn(["targets", name], document.createNode({ kind, ...settings }));
  });
}

/** Takes a target out of the project file. */
export async function removeTarget(file: string, name: string): Promise<void> {
  await change(file, (document) => {
    if (!document.deleteIn(["targets", name])) throw new TargetError(`There is no target ${name} in ${file}.`);
    const rest = document.get("targets");
    if (isMap(rest) && rest.items.length === 0) document.delete("targets");
  });
}

/** Where targets of a project are written down. */
export function projectFileOf(projectFolder: string, file: string | undefined): string {
  return file ?? path.join(projectFolder, projectFileName);
}

async function change(file: string, edit: (document: Document) => void): Promise<void> {
  const source = existsSync(file) ? readFileSync(file, "utf8") : "";
  // YAML 1.1, as the loader reads it: it quotes `on` and `0123`.
  const document = parseDocument(source, { version: "1.1" });
  const [error] = document.errors;
  if (error) throw new TargetError(`${file} cannot be changed: ${error.message.split("\n")[0]}`);
  if (document.contents !== null && !isMap(document.contents)) {
    throw new TargetError(`${file} cannot be changed: it is no mapping.`);
  }
  if (document.contents === null) document.contents = document.createNode({}) as unknown as typeof document.contents;
  edit(document as unknown as Document);
  const isEmpty = isMap(document.contents) && document.contents.items.length === 0;
  const text = isEmpty ? "" : document.toString({ ...layoutOf(source), lineWidth: 0, flowCollectionPadding: false });
  await replaceFile(file, asIn(source, text));
}

/** How the person indents. */
function layoutOf(source: string): { readonly indent: number; readonly indentSeq: boolean } {
  const indent = /^[^#\n]*:[ \t]*(?:#.*)?\r?\n( {1,8})[^ \r\n#-]/m.exec(source)?.[1]?.length ?? 2;
  return { indent, indentSeq: !/^[^ #\n][^#\n]*:[ \t]*(?:#.*)?\r?\n- /m.test(source) };
}

/** With the file's own line ends, and its byte order mark. */
function asIn(source: string, text: string): string {
  const lines = source.includes("\r\n") ? text.replaceAll("\n", "\r\n") : text;
  return source.startsWith("\ufeff") ? `\ufeff${lines}` : lines;
}
