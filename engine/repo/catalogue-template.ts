import { pageStyle } from "./html-page.js";

/** The page of the catalogue, for nunjucks with autoescape. Small enough to be read as a whole; no other file is needed. */
export const catalogueTemplate = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>{{ title }}</title>
<style>
  ${pageStyle}
  main { max-width: 66rem; margin: 0 auto; padding: 2.5rem 1.5rem 4rem }
  h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .35rem; letter-spacing: -.01em }
  .sum { color: var(--soft); margin: 0 0 1.5rem }
  .sum b { color: var(--ink); font-weight: 600 }
  input { width: 100%; padding: .7rem .9rem; font: inherit; color: inherit; background: var(--paper);
    border: 1px solid var(--line); border-radius: .5rem }
  input:focus { outline: 2px solid var(--accent); outline-offset: 1px }
  .list { margin-top: 1rem; background: var(--paper); border: 1px solid var(--line); border-radius: .5rem; overflow: hidden }
  details.package + details.package { border-top: 1px solid var(--line) }
  summary { display: grid; grid-template-columns: minmax(0, 1fr) 9.5rem 8rem 5.5rem; gap: 1rem; align-items: center;
    padding: .6rem 1rem; cursor: pointer; list-style: none }
  summary::-webkit-details-marker { display: none }
  summary:hover { background: var(--ground) }
  .name { font-weight: 600 }
  .full { display: block; color: var(--soft); font-size: .85rem; white-space: nowrap; overflow: hidden; text-overflow: ellipsis }
  .version { font-variant-numeric: tabular-nums; overflow-wrap: anywhere }
  .more { color: var(--soft); font-size: .85rem; display: block }
  .tag { display: inline-block; padding: .05rem .45rem; border: 1px solid var(--line); border-radius: 1rem;
    font-size: .75rem; color: var(--soft); white-space: nowrap }
  .mark { text-align: right; font-size: .85rem; white-space: nowrap }
  .error { color: var(--error) } .warning { color: var(--warning) } .information { color: var(--information) } .hint { color: var(--hint) }
  .body { padding: .25rem 1rem 1rem; border-top: 1px dashed var(--line) }
  table { border-collapse: collapse; width: 100%; font-size: .875rem; margin-top: .5rem }
  td { padding: .3rem .75rem .3rem 0; vertical-align: top; border-top: 1px solid var(--line); overflow-wrap: anywhere }
  tr:first-child td { border-top: 0 }
  td:first-child { width: 9rem; font-variant-numeric: tabular-nums }
  td.where { width: 9rem }
  a { color: var(--accent) }
  ul.findings { list-style: none; padding: 0; margin: .75rem 0 0; font-size: .875rem }
  ul.findings li { padding: .15rem 0 }
  code { font: .85em ui-monospace, Consolas, monospace; color: var(--soft) }
  h2 { font-size: 1.1rem; margin: 2rem 0 .5rem }
  .none { display: none; padding: 2rem; text-align: center; color: var(--soft) }
  @media (max-width: 44rem) { summary { grid-template-columns: minmax(0, 1fr) 7rem } summary .tags, summary .mark { display: none } }
</style>
</head>
<body>
<main>
  <h1>{{ title }}</h1>
  <p class="sum"><b>{{ packageCount }}</b> packages · <b>{{ versionCount }}</b> versions ·
    {% for label in labels %}{{ label }}{% if not loop.last %}, {% endif %}{% endfor %} ·
    {% for each in counts %}<span class="{{ each.severity }}">{{ each.count }} {{ each.severity }}{% if each.count != 1 and each.severity != "information" %}s{% endif %}</span> · {% endfor %}{{ date }}</p>
  <input id="search" type="search" placeholder="Search packages" aria-label="Search packages" autocomplete="off">
  <div class="list" id="list">
  {% for package in packages %}
    <details class="package" data-words="{{ package.words }}">
      <summary>
        <span><span class="name">{{ package.name }}</span><span class="full">{{ package.fullName }}</span></span>
        <span class="version">{{ package.newest or "no version" }}{% if package.versions.length > 1 %}<span class="more">{{ package.versions.length - 1 }} older</span>{% endif %}</span>
        <span class="tags">{% for label in package.labels %}<span class="tag">{{ label }}</span> {% endfor %}</span>
        <span class="mark {{ package.worst }}">{% if package.findings.length %}{{ package.findings.length }} finding{% if package.findings.length != 1 %}s{% endif %}{% endif %}</span>
      </summary>
      <div class="body">
        <code>{{ package.file }}</code>
        {% if package.findings.length %}
        <ul class="findings">
          {% for finding in package.findings %}
          <li><span class="{{ finding.severity }}">●</span> line {{ finding.line }}: {{ finding.message }} <code>{{ finding.code }}</code></li>
          {% endfor %}
        </ul>
        {% endif %}
        <table>
          {% for each in package.versions %}
          <tr>
            <td>{{ each.version }}</td>
            <td>{{ each.fullName }}<br>{% if each.link %}<a href="{{ each.installer }}" rel="noreferrer noopener">{{ each.installer }}</a>{% else %}<code>{{ each.installer or "no installer" }}</code>{% endif %}</td>
            <td class="where">{% for label in each.labels %}<span class="tag">{{ label }}</span> {% endfor %}</td>
          </tr>
          {% endfor %}
        </table>
      </div>
    </details>
  {% endfor %}
    <p class="none" id="none">No package of that name.</p>
  </div>
  {% if orphans.length %}
  <h2>Files without a package</h2>
  <ul class="findings">
    {% for finding in orphans %}
    <li><span class="{{ finding.severity }}">●</span> <code>{{ finding.file }}:{{ finding.line }}</code> {{ finding.message }} <code>{{ finding.code }}</code></li>
    {% endfor %}
  </ul>
  {% endif %}
</main>
<script>
  const packages = [...document.querySelectorAll("details.package")];
  document.getElementById("search").addEventListener("input", (event) => {
    const words = event.target.value.toLowerCase().split(" ").filter(Boolean);
    let shown = 0;
    for (const one of packages) {
      one.hidden = !words.every((word) => one.dataset.words.includes(word));
      if (!one.hidden) shown++;
    }
    document.getElementById("none").style.display = shown ? "none" : "block";
  });
</script>
</body>
</html>
`;
