# Two mistakes that Salt only shows on the machines: a version that is a number, and an MSI that would ask questions.
{%- load_yaml as versions %}
- '2.11'
- 2.10
{%- endload %}
palette:
  {%- for version in versions %}
  {{ version }}:
    full_name: Palette {{ version }}
    installer: https://downloads.example.com/palette/{{ version }}/palette.msi
    msiexec: True
    uninstaller: https://downloads.example.com/palette/{{ version }}/palette.msi
    uninstall_flags: /qn /norestart
  {%- endfor %}
