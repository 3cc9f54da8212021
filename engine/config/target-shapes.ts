import type { TargetConfig } from "./project.js";
import type { RecordShape, Shape } from "./shape.js";

const text = (doc: string): Shape => ({ kind: "text", doc });
const count = (doc: string): Shape => ({ kind: "count", doc });
const any = (doc: string): Shape => ({ kind: "any", doc });

const kind = text("What the machine is and how it is reached.");
const cacheDir = text("The minion's cache on that machine.");

function target(doc: string, fields: { readonly [name: string]: Shape }): RecordShape {
  return { kind: "record", doc, fields: { kind, ...fields } };
}

/** The settings of a target, by its kind. */
export const targetShapes: { readonly [Kind in TargetConfig["kind"]]?: RecordShape } = {
  simulated: target("A machine that is simulated.", {
    folder: text("Where it is kept."),
    bits: count("64 or 32."),
    grains: any("Grains beyond the usual ones."),
    environment: any("Environment variables beyond the usual ones."),
  }),
  wine: target("A Wine prefix.", {
    prefix: text("Its folder."),
    program: text("The program wine."),
    display: text("The X display for what shows windows."),
    cacheDir,
  }),
  windows: target("This machine.", { cacheDir }),
  ssh: target("A Windows behind ssh.", {
    host: text("The host's name; default the target's."),
    user: text("Who logs in."),
    port: count("The port."),
    config: text("A configuration of ssh."),
    drives: text("How its sftp names drives."),
    cacheDir,
  }),
};
