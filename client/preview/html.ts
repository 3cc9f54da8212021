import { randomBytes } from "node:crypto";
import * as vscode from "vscode";

/** The empty page of a preview. It loads our own script and style and nothing else; all content comes as messages. */
export function previewHtml(webview: vscode.Webview, assets: vscode.Uri): string {
  const nonce = randomBytes(16).toString("base64url");
  const asset = (name: string) => webview.asWebviewUri(vscode.Uri.joinPath(assets, name));
  const policy = `default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width">
<link rel="stylesheet" href="${asset("preview.css")}">
<title>Winrepo preview</title>
</head>
<body>
<header>
  <label>Profile <select id="profile"></select></label>
  <span id="status" role="status"></span>
  <span id="counts"></span>
</header>
<ul id="problems" aria-label="Problems"></ul>
<ol id="lines" tabindex="0" aria-label="Rendered definition"></ol>
<script nonce="${nonce}" src="${asset("preview.js")}"></script>
</body>
</html>`;
}
