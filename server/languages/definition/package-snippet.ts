import { type CompletionItem, CompletionItemKind } from "vscode-languageserver-types";
import type { ClientFeatures } from "../client-features.js";
import { snippetText } from "../snippet.js";

const snippet = `\
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
$0`;

/** A whole definition in the layout that keeps new versions down to one line each. */
export function packageSnippet(client: ClientFeatures, lineBreak: "\n" | "\r\n"): CompletionItem {
  return {
    label: "package definition",
    kind: CompletionItemKind.Snippet,
    detail: "a package with a list of versions",
    ...snippetText(snippet, client, lineBreak),
  };
}
