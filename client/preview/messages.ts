import type { Preview } from "../../server/protocol.js";

/** Extension → webview. */
export type ToWebview =
  | { readonly kind: "preview"; readonly preview: Preview }
  /** 0-based lines of the rendered text that the selection in the source made. */
  | { readonly kind: "highlight"; readonly lines: readonly number[] }
  | { readonly kind: "failed"; readonly message: string };

/** Webview → extension. */
export type FromWebview =
  | { readonly kind: "ready" }
  | { readonly kind: "profile"; readonly name: string }
  | { readonly kind: "line"; readonly line: number }
  | { readonly kind: "problem"; readonly index: number };
