import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

/** The layouts that real repositories are written in, each for one package. */
const layouts: readonly ((name: string, index: number) => string)[] = [
  (name, index) => `${name}:
  '${index % 90}.2.1':
    full_name: 'Package ${index}'
    installer: 'https://example.com/${name}/${index}/setup.exe'
    install_flags: '/S'
    uninstaller: '%ProgramFiles%\\Package ${index}\\uninstall.exe'
    uninstall_flags: '/S'
    msiexec: False
    reboot: False
`,
  (name, index) => `{% set versions = ['1.${index % 50}.0', '1.${index % 50}.1', '2.0.0'] %}
{% if grains['cpuarch'] == 'AMD64' %}
{% set arch = 'x64' %}
{% else %}
{% set arch = 'x86' %}
{% endif %}
${name}:
{% for version in versions %}
  '{{ version }}':
    full_name: 'Package ${index} {{ version }} ({{ arch }})'
    installer: 'https://example.com/${name}-{{ version }}-{{ arch }}.msi'
    install_flags: '/qn ALLUSERS=1 /norestart'
    uninstaller: 'https://example.com/${name}-{{ version }}-{{ arch }}.msi'
    uninstall_flags: '/qn /norestart'
    msiexec: True
    locale: en_US
    reboot: False
{% endfor %}
`,
  (name, index) => `{%- load_yaml as versions -%}
- 3.${index % 20}.1
- 3.${index % 20}.0
- 2.9.9
- 2.9.8
{%- endload -%}
{%- set folder = '%ProgramFiles%' if grains.get('cpuarch') == 'AMD64' else '%ProgramFiles(x86)%' %}
${name}:
  {%- for version in versions %}
  {%- set major, minor, patch = version.split('.') %}
  '{{ version }}':
    full_name: Package ${index} {{ major }}.{{ minor }}
    installer: salt://win/repo-ng/${name}/{{ version }}/setup.exe
    install_flags: /verysilent /norestart
    uninstaller: '{{ folder }}\\Package ${index}\\unins000.exe'
    uninstall_flags: /verysilent
  {%- endfor %}
`,
];

/** Writes a repository of `count` definitions, a hundred to a folder, the same ones each time. */
export function generateRepository(root: string, count: number): void {
  for (let index = 0; index < count; index++) {
    const name = `package-${String(index).padStart(5, "0")}`;
    const folder = path.join(root, `group-${String(Math.floor(index / 100)).padStart(3, "0")}`);
    if (index % 100 === 0) mkdirSync(folder, { recursive: true });
    const layout = layouts[index % layouts.length] as (typeof layouts)[number];
    writeFileSync(path.join(folder, `${name}.sls`), layout(name, index));
  }
}
