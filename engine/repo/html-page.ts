import { visibleIn } from "../visible.js";

/** What our pages have in common: colours of light and dark, and the type. */
export const pageStyle = `:root { color-scheme: light dark; --ink: #1c2430; --soft: #5d6878; --line: #dfe4ea; --paper: #fff; --ground: #f5f7f9;
    --accent: #0b6bcb; --error: #c62f2f; --warning: #a86400; --information: #0b6bcb; --hint: #6b7683; }
  @media (prefers-color-scheme: dark) { :root { --ink: #e4e9f0; --soft: #97a3b3; --line: #2c3644; --paper: #18202b;
    --ground: #10161e; --accent: #6cb2ff; --error: #ff7b72; --warning: #e3a63b; --information: #6cb2ff; --hint: #97a3b3; } }
  * { box-sizing: border-box }
  body { margin: 0; background: var(--ground); color: var(--ink); font: 15px/1.5 system-ui, "Segoe UI", sans-serif }`;

/**
 * A page from one of our own templates. Everything put in is escaped and without secrets: names and texts come from
 * definitions and installers that strangers wrote.
 */
export async function renderPage(template: string, values: object): Promise<string> {
  const { nunjucks } = await import("./lazy-nunjucks.js");
  const environment = new nunjucks.Environment(null, {
    autoescape: true,
    throwOnUndefined: true,
    trimBlocks: true,
    lstripBlocks: true,
  });
  return environment.renderString(template, visibleIn(values));
}
