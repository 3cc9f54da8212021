import { pageStyle } from "../../repo/html-page.js";

/** The page of a run, for nunjucks with autoescape. It runs no script and needs no other file. */
export const runReportTemplate = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{{ title }}</title>
<style>
  ${pageStyle}
  :root { --good: #1b7f4b }
  @media (prefers-color-scheme: dark) { :root { --good: #56c98a } }
  main { max-width: 62rem; margin: 0 auto; padding: 2.5rem 1.5rem 4rem }
  h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .35rem; letter-spacing: -.01em }
  .sum { color: var(--soft); margin: 0 0 1.25rem }
  h2 { font-size: 1.05rem; margin: 2rem 0 .6rem }
  h3 { font-size: .75rem; text-transform: uppercase; letter-spacing: .06em; color: var(--soft); font-weight: 600; margin: 1rem 0 .25rem }
  .verdict { border-left: .25rem solid var(--tone); background: var(--paper); padding: .7rem 1rem; border-radius: .25rem .5rem .5rem .25rem;
    font-weight: 600; overflow-wrap: anywhere }
  .good { --tone: var(--good) } .bad { --tone: var(--error) } .doubt { --tone: var(--warning) } .plain { --tone: var(--hint) }
  .note { color: var(--soft); font-size: .9rem; margin: .5rem 0 0; overflow-wrap: anywhere }
  .package { background: var(--paper); border: 1px solid var(--line); border-radius: .5rem; padding: .9rem 1.1rem 1.1rem; margin-top: .75rem }
  .head { display: flex; gap: .75rem; align-items: baseline; flex-wrap: wrap }
  .name { font-weight: 600; font-size: 1.05rem; overflow-wrap: anywhere }
  .version { color: var(--soft); font-variant-numeric: tabular-nums; overflow-wrap: anywhere }
  .status { margin-left: auto; font-size: .8rem; font-weight: 600; color: var(--tone); border: 1px solid currentColor;
    border-radius: 1rem; padding: .02rem .6rem }
  .summary { margin: .3rem 0 0; overflow-wrap: anywhere }
  table { border-collapse: collapse; width: 100%; font-size: .875rem }
  td { padding: .3rem .9rem .3rem 0; vertical-align: top; border-top: 1px solid var(--line); overflow-wrap: anywhere }
  td:last-child { padding-right: 0 }
  tr:first-child td { border-top: 0 }
  td.side { width: 8.5rem; color: var(--soft); white-space: nowrap; font-variant-numeric: tabular-nums }
  code, pre { font: .8125rem/1.45 ui-monospace, Consolas, monospace }
  pre { margin: .4rem 0 0; padding: .6rem .75rem; background: var(--ground); border-radius: .35rem; overflow-x: auto; max-height: 20rem }
  .where { color: var(--soft) }
  .dim { color: var(--soft); display: block; font-size: .8125rem }
  .dim code, code.dim { font-size: .75rem }
  .dot { color: var(--tone) }
  .tag { display: inline-block; min-width: 3.2rem; color: var(--tone); font-weight: 600 }
  details summary { cursor: pointer; color: var(--soft); font-size: .85rem; margin-top: .3rem }
  del { color: var(--error); text-decoration-thickness: 1px } ins { color: var(--good); text-decoration: none }
  @media (max-width: 40rem) { td.side { width: 5rem; white-space: normal } }
  @media print { body { background: none } .package { break-inside: avoid } }
</style>
</head>
<body>
<main>
  <h1>{{ title }}</h1>
  <p class="sum">Target {{ target }} · {{ date }}{% if dryRun %} · dry run: nothing was fetched or run{% endif %}</p>
  <div class="verdict {{ tone }}">{{ verdict }}</div>
  {% for note in notes %}
  <p class="note">{{ note }}</p>
  {% endfor %}
  {% for part in parts %}
  {% if part.title %}<h2>{{ part.title }}</h2>{% endif %}
  {% for package in part.packages %}
  <section class="package {{ package.tone }}">
    <div class="head"><span class="name">{{ package.name }}</span><span class="version">{{ package.version }}</span><span class="status">{{ package.status }}</span></div>
    {% if package.summary %}<p class="summary">{{ package.summary }}</p>{% endif %}
    {% if package.problems.length %}
    <h3>Problems</h3>
    <table>
      {% for problem in package.problems %}
      <tr><td class="side {{ problem.tone }}"><span class="dot">●</span> {{ problem.severity }}</td>
        <td>{{ problem.message }}{% if problem.place %}<code class="dim">{{ problem.place }}</code>{% endif %}</td></tr>
      {% endfor %}
    </table>
    {% endif %}
    {% if package.corrections.length %}
    <h3>What the definition should say</h3>
    <table>
      {% for correction in package.corrections %}
      <tr><td class="side">{{ correction.key }}</td>
        <td><del><code>{{ correction.from }}</code></del> → <ins><code>{{ correction.to }}</code></ins>
          <span class="dim">{{ correction.reason }}</span>{% if correction.place %}<code class="dim">{{ correction.place }}</code>{% endif %}</td></tr>
      {% endfor %}
    </table>
    {% endif %}
    {% if package.fetched.length %}
    <h3>Files</h3>
    <table>
      {% for file in package.fetched %}
      <tr><td class="side">{{ file.how }}</td><td>{{ file.url }}<code class="dim">{{ file.path }}</code>
        {% for note in file.notes %}<span class="dim">{{ note }}</span>{% endfor %}</td></tr>
      {% endfor %}
    </table>
    {% endif %}
    {% if package.commands.length %}
    <h3>Commands</h3>
    <table>
      {% for command in package.commands %}
      <tr><td class="side">{{ command.outcome }}</td><td><code>{{ command.line }}</code>
        {% if command.cwd %}<span class="dim">in <code>{{ command.cwd }}</code></span>{% endif %}
        {% for note in command.notes %}<span class="dim">{{ note }}</span>{% endfor %}
        {% if command.output %}<details><summary>What it wrote</summary><pre>{{ command.output }}</pre></details>{% endif %}</td></tr>
      {% endfor %}
    </table>
    {% endif %}
    {% if package.registry.length %}
    <h3>Installed software</h3>
    <table>
      {% for entry in package.registry %}
      <tr><td class="side">{{ entry.change }}</td><td>{{ entry.name }} <span class="version">{{ entry.version }}</span>
        <code class="dim">{{ entry.place }}</code></td></tr>
      {% endfor %}
    </table>
    {% endif %}
  </section>
  {% endfor %}
  {% endfor %}
</main>
</body>
</html>
`;
