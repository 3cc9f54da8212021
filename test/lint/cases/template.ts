import { app, exe, quiet, type RuleCases } from "./case.js";

/** Rules about templates and switches. */
export const templateCases: Readonly<Record<string, RuleCases>> = {
  "jinja-loop-over-string": {
    bad: [
      {
        source: "app:\n  {% for v in (⟦'14'⟧) %}\n  '{{ v }}':\n    full_name: App\n  {% endfor %}\n",
        fixed: "app:\n  {% for v in (['14']) %}\n  '{{ v }}':\n    full_name: App\n  {% endfor %}\n",
      },
      "{% set versions = (⟦'1.0'⟧) %}\napp:\n  {% for v in versions %}\n  '{{ v }}':\n    full_name: App\n  {% endfor %}\n",
    ],
    good: ["app:\n  {% for v in '1.0', '1.1' %}\n  '{{ v }}':\n    full_name: App\n  {% endfor %}\n"],
  },
  "grain-never-equal": {
    bad: [
      "app:\n  '1.0':\n    full_name: App{% if grains['cpuarch'] == ⟦'amd64'⟧ %} x64{% endif %}\n",
      "app:\n  '1.0':\n    full_name: App{% if grains.cpuarch != ⟦'X86'⟧ %} x64{% endif %}\n",
      "app:\n  '1.0':\n    full_name: App{% if ⟦'windows'⟧ == grains.get('os', '') %} W{% endif %}\n",
      "app:\n  '1.0':\n    full_name: App{% if salt['grains.get']('cpuarch') == ⟦'x86_64'⟧ %} x64{% endif %}\n",
    ],
    good: [
      "app:\n  '1.0':\n    full_name: App{% if grains['cpuarch'] == 'AMD64' %} x64{% endif %}\n",
      "app:\n  '1.0':\n    full_name: App{% if grains['os'] == 'Debian' or grains['id'] == 'amd64' %} D{% endif %}\n",
      "app:\n  '1.0':\n    full_name: App{% if grains['cpuarch']|lower == 'amd64' %} x64{% endif %}\n",
    ],
  },
  "regex-without-group": {
    bad: [
      {
        source: "app:\n  '1.0':\n    full_name: App{% if grains['os']|regex_match(⟦'Win'⟧) %} W{% endif %}\n",
        fixed: "app:\n  '1.0':\n    full_name: App{% if grains['os']|regex_match('(Win)') %} W{% endif %}\n",
      },
      "app:\n  '1.0':\n    full_name: App {{ 'a-1'|regex_search(rgx=⟦'(?:[0-9])+'⟧) }}\n",
    ],
    good: [
      "app:\n  '1.0':\n    full_name: App{% if grains['os']|regex_match('(Win)') %} W{% endif %}\n",
      "{% set p = 'x' %}\napp:\n  '1.0':\n    full_name: App {{ 'a-1'|regex_search(p) }} {{ 'a'|regex_replace('a', 'b') }}\n",
    ],
  },
  "needs-newer-salt": {
    bad: [
      "app:\n  {% for e in {'1.0': 'x'}|⟦to_entries⟧ %}\n  '{{ e.key }}':\n    full_name: App\n  {% endfor %}\n",
      "⟦#jinja2: {\"trim_blocks\": true}⟧\napp:\n  '1.0':\n    full_name: App\n",
    ],
    good: ["#jinja2: {nope\napp:\n  '1.0':\n    full_name: App\n"],
  },
  "jinja-unpack-mismatch": {
    bad: [
      {
        source: "app:\n  {% for v, b in ⟦('1.4', '77')⟧ %}\n  '{{ v }}':\n    full_name: App {{ b }}\n  {% endfor %}\n",
        fixed: "app:\n  {% for v, b in [('1.4', '77')] %}\n  '{{ v }}':\n    full_name: App {{ b }}\n  {% endfor %}\n",
      },
      "app:\n  {% for v, b in [('1.4', '77'), ⟦('1.3', '76', 'x')⟧] %}\n  '{{ v }}':\n    full_name: App {{ b }}\n  {% endfor %}\n",
      "{% set v, b = ⟦[('3.3', '3')]⟧ %}\napp:\n  '{{ v }}':\n    full_name: App {{ b }}\n",
    ],
    good: [
      "app:\n  {% for v, b in [('1.4', '77'), ('1.3', '76')] %}\n  '{{ v }}':\n    full_name: App {{ b }}\n  {% endfor %}\n",
      "{% set d = {'1.0': 'a'} %}\napp:\n  {% for v, b in d.items() %}\n  '{{ v }}':\n    full_name: App {{ b }}\n  {% endfor %}\n",
    ],
  },
  "undefined-on-some-path": {
    bad: [
      `{% if grains['osrelease'] == '10' %}{% set s = 'w10' %}{% endif %}\napp:\n  '1.0':\n    full_name: App {{ ⟦s⟧ }}\n`,
      `app:\n  '1.0':\n    full_name: App\n    {% if grains['osrelease'] == '7' %}\n    installer: '{{ ⟦base⟧ }}/app.exe'\n    install_flags: '/S'\n    {% endif %}\n`,
      "app:\n  {% for v in [] %}{% set x = v %}{% endfor %}\n  '1.0':\n    full_name: App{% if grains['os'] == 'x' %}{{ ⟦x⟧ }}{% endif %}\n",
    ],
    good: [
      "{% if grains['cpuarch'] == 'AMD64' %}{% set a = 'x' %}{% else %}{% set a = 'y' %}{% endif %}\napp:\n  '1.0':\n    full_name: App {{ a }}\n",
      "{% if grains['cpuarch'] == 'AMD64' %}{% set a = 'x' %}{% elif grains['cpuarch'] == 'x86' %}{% set a = 'y' %}{% endif %}\napp:\n  '1.0':\n    full_name: App {{ a }}\n",
      "{% if grains['os'] == 'x' %}{% set a = 1 %}{% endif %}\napp:\n  '1.0':\n    full_name: App{% if grains['os'] == 'x' %} {{ a }}{% endif %}\n",
      "{% if grains['os'] == 'x' %}{% set a = 1 %}{% endif %}\napp:\n  '1.0':\n    full_name: App {{ a | default('') }}{% if a is defined %}{{ a }}{% endif %}\n",
      "{% if a is not defined %}{% set a = 1 %}{% endif %}\napp:\n  '1.0':\n    full_name: App {{ a }}\n",
      "{% if grains['cpuarch'] == 'AMD64' %}{% set a = 1 %}{% else %}{% set b = 2 %}{% endif %}\napp:\n  '1.0':\n    full_name: App{% if grains.cpuarch == \"x86\" %} {{ b }}{% elif grains.cpuarch != 'x86' %}{% if grains['cpuarch'] == 'AMD64' %}{{ a }}{% endif %}{% endif %}\n",
      "{% macro block(v) %}  '{{ v }}':\n    full_name: App {{ later }}\n{% endmacro %}{% set later = 'x' %}\napp:\n{{ block('1.0') }}\n",
    ],
  },
  "number-loses-digits": {
    bad: [
      {
        source:
          "{% load_yaml as versions %}\n- ⟦3006.10⟧\n- '3006.9'\n{% endload %}\napp:\n  {% for v in versions %}\n  '{{ v }}':\n    full_name: App\n  {% endfor %}\n",
        fixed:
          "{% load_yaml as versions %}\n- '3006.10'\n- '3006.9'\n{% endload %}\napp:\n  {% for v in versions %}\n  '{{ v }}':\n    full_name: App\n  {% endfor %}\n",
      },
      "app:\n  {% for v in [⟦1.10⟧, '1.9'] %}\n  '{{ v }}':\n    full_name: App\n  {% endfor %}\n",
    ],
    good: [
      "app:\n  {% for v in ['1.10', '1.9'] %}\n  '{{ v }}':\n    full_name: App{% if [1.5, 2] | length > 1.0 %}{% endif %}\n  {% endfor %}\n",
      "{% load_yaml as versions %}\n- 3007.1.1\n- '3006.10'\n{% endload %}\napp:\n  {% for v in versions %}\n  '{{ v }}':\n    full_name: App\n  {% endfor %}\n",
    ],
  },
  "jinja-in-comment": {
    bad: [
      `#⟦{% set x = 1 %}⟧\n${app()}`,
      `#⟦{% if grains['os'] == 'x' %}⟧\n${app()}#{% endif %}\n`,
      app("# ⟦{{ grains['os'] }}⟧"),
    ],
    good: [`{# {% set x = 1 %} #}\n${app()}`, app("install_flags: '{{ grains['os'] }} # not a comment'")],
  },
  "unused-set": {
    bad: [`{% set ⟦x⟧ = 1 %}\n${app()}`],
    good: [
      `{% set x = 1 %}\n${app("install_flags: '{{ x }}'")}`,
      `{% set ns = namespace(a=1) %}{% set ns.a = 2 %}\n${app()}`,
    ],
  },
  "unused-suppression": {
    bad: [
      { source: `${app(exe, quiet).trimEnd()}  # winrepo-lint: disable ⟦http-url⟧\n`, fixed: app(exe, quiet) },
      `# winrepo-lint: disable-file ⟦no-such-rule⟧\n${app()}`,
    ],
    good: [app("installer: 'http://example.com/app.exe'  # winrepo-lint: disable http-url", quiet)],
  },
};
