import type { CompletionItem } from "vscode-languageserver-types";
import { CompletionItemKind, InsertTextFormat } from "./lsp.js";

/** A whole definition in the layout that keeps new versions down to one line each. */
export const packageSnippet: CompletionItem = {
  label: "package definition",
  kind: CompletionItemKind.Snippet,
  detail: "a package with a list of versions",
  insertTextFormat: InsertTextFormat.Snippet,
  insertText: `\
{% load_yaml as versions %}
- '\${2:1.0}'
{% endload %}
\${1:name}:
  {%- for version in versions %}
  '{{ version }}':
    full_name: \${3:Name as the registry shows it}
    installer: https://\${4:example.com}/{{ version }}/\${5:setup.exe}
    install_flags: \${6:/S}
    uninstaller: '%ProgramFiles%\\\\\${7:Name}\\\\\${8:uninstall.exe}'
    uninstall_flags: \${9:/S}
  {%- endfor %}
$0`,
};
