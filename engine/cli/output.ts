import { withoutSecretsIn } from "../secrets.js";
import type { Json } from "../value/types.js";
import { visible, visibleJson } from "../visible.js";
import { yamlText } from "./yaml-text.js";

/** A stream as the process has it. */
export interface TextStream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
}

/** How a part of a text is shown on a terminal that has colours. */
export type Style = "bold" | "red" | "yellow" | "cyan" | "grey";

const selectGraphicRendition: { readonly [style in Style]: number } = {
  bold: 1,
  red: 31,
  yellow: 33,
  cyan: 36,
  grey: 90,
};

/** A text of which some parts have a style. */
export type StyledText = readonly (string | { readonly text: string; readonly style: Style })[];

/**
 * The one place where text leaves a command. Nothing goes to the stream by another way, so whatever a definition, a server
 * or an installer wrote comes out without secrets, and without anything that a terminal or a CI service would obey.
 */
export class CommandOutput {
  readonly #stream: TextStream;
  readonly #color: boolean;
  #width = 0;

  constructor(stream: TextStream, color = false) {
    this.#stream = stream;
    this.#color = color;
  }

  get isTTY(): boolean {
    return this.#stream.isTTY ?? false;
  }

  /** Text for people. */
  write(text: string): void {
    this.#stream.write(visible(text));
  }

  styled(parts: StyledText): void {
    const shown = parts.map((part) => {
      if (typeof part === "string") return visible(part);
      const text = visible(part.text);
      return this.#color ? `\u001b[${selectGraphicRendition[part.style]}m${text}\u001b[0m` : text;
    });
    this.#stream.write(shown.join(""));
  }

  /** A value for programs. */
  json(value: unknown): void {
    this.#stream.write(`${visibleJson(value, 2)}\n`);
  }

  /** A value as Salt would read it. */
  yaml(value: Json | object): void {
    this.#stream.write(yamlText(withoutSecretsIn(value)));
  }

  /** Workflow commands of GitHub Actions, our own: the one output in which lines may begin with `::`. */
  workflowCommands(commands: readonly WorkflowCommand[]): void {
    for (const { command, properties, message } of commands) {
      const shown = Object.entries(properties).map(
        ([name, value]) => `${name}=${escapeProperty(visible(String(value)))}`,
      );
      this.#stream.write(`::${command} ${shown.join(",")}::${escapeData(visible(message))}\n`);
    }
  }

  /** The last line of a terminal, written over: how far something is. Empty takes it away. */
  overwrite(text: string): void {
    if (text === "" && this.#width === 0) return;
    const line = visible(text).replace(/[\r\n\t]+/g, " ");
    const shown = line.length > 110 ? `${line.slice(0, 60)}…${line.slice(-48)}` : line;
    this.#stream.write(`\r${shown.padEnd(this.#width)}${shown === "" ? "\r" : ""}`);
    this.#width = shown.length;
  }
}

export interface WorkflowCommand {
  readonly command: "error" | "warning" | "notice";
  readonly properties: { readonly [name: string]: string | number };
  readonly message: string;
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
