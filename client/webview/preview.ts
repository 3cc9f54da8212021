// Runs in the preview's page. It builds all content with text nodes: nothing of a definition is ever taken as HTML.
import type { Preview } from "../../server/protocol.js";
import type { FromWebview, ToWebview } from "../preview/messages.js";
import { highlightLine } from "./highlight.js";

declare function acquireVsCodeApi(): { postMessage(message: FromWebview): void };

const host = acquireVsCodeApi();
const profile = document.querySelector<HTMLSelectElement>("#profile")!;
const status = document.querySelector<HTMLElement>("#status")!;
const counts = document.querySelector<HTMLElement>("#counts")!;
const problems = document.querySelector<HTMLUListElement>("#problems")!;
const lines = document.querySelector<HTMLOListElement>("#lines")!;
const statusText = {
  ok: "Salt takes this file",
  error: "Salt rejects this file",
  abort: "Salt's refresh of the whole repository fails here",
};

let texts: string[] = [];

function show(preview: Preview): void {
  profile.replaceChildren(...preview.profiles.map((name) => new Option(name, name, false, name === preview.profile)));
  status.dataset.status = preview.status;
  status.textContent = statusText[preview.status];
  counts.textContent = `${plural(preview.packages, "package")}, ${plural(preview.versions, "version")}`;
  problems.replaceChildren(...preview.problems.map(problemItem), ...preview.messages.map(messageItem));
  showLines(preview.text.split(/\r?\n/));
}

function problemItem(problem: Preview["problems"][number], index: number): HTMLLIElement {
  const button = document.createElement("button");
  button.textContent = `Line ${problem.range.start.line + 1}: ${problem.message}`;
  button.addEventListener("click", () => host.postMessage({ kind: "problem", index }));
  const item = document.createElement("li");
  item.dataset.severity = problem.severity;
  item.append(button);
  return item;
}

function messageItem(message: string): HTMLLIElement {
  const item = document.createElement("li");
  item.dataset.severity = "salt";
  item.textContent = `Salt says: ${message.split("\n")[0]}`;
  return item;
}

/** Replaces the lines that differ, so that typing neither flickers nor loses the place in a long text. */
function showLines(next: string[]): void {
  let start = 0;
  while (start < texts.length && start < next.length && texts[start] === next[start]) start++;
  let end = 0;
  const limit = Math.min(texts.length, next.length) - start;
  while (end < limit && texts[texts.length - 1 - end] === next[next.length - 1 - end]) end++;
  for (let count = texts.length - start - end; count > 0; count--) lines.children[start]?.remove();
  const added = document.createDocumentFragment();
  for (const text of next.slice(start, next.length - end)) {
    const item = document.createElement("li");
    item.append(...highlightLine(text));
    added.append(item);
  }
  lines.insertBefore(added, lines.children[start] ?? null);
  lines.style.setProperty("--digits", String(String(next.length).length));
  texts = next;
}

function mark(numbers: readonly number[]): void {
  for (const old of lines.querySelectorAll(".marked")) old.classList.remove("marked");
  for (const number of numbers) lines.children[number]?.classList.add("marked");
  const first = numbers[0] === undefined ? undefined : lines.children[numbers[0]];
  first?.scrollIntoView({ block: "nearest" });
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

profile.addEventListener("change", () => host.postMessage({ kind: "profile", name: profile.value }));
lines.addEventListener("click", (event) => {
  const item = (event.target as Element).closest("li");
  // A click that ends a text selection is not a jump.
  if (!item || !getSelection()?.isCollapsed) return;
  const line = [...lines.children].indexOf(item);
  mark([line]);
  host.postMessage({ kind: "line", line });
});
addEventListener("message", ({ data }: MessageEvent<ToWebview>) => {
  if (data.kind === "preview") show(data.preview);
  else if (data.kind === "highlight") mark(data.lines);
  else {
    status.dataset.status = "error";
    status.textContent = data.message;
  }
});
host.postMessage({ kind: "ready" });
