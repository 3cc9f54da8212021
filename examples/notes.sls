# An NSIS setup: the switch /S (upper case) keeps it silent. It is 64-bit, so 32-bit machines get no version at all.
{%- set downloads = "http://127.0.0.1:8421" %}
{%- if grains["cpuarch"] == "AMD64" %}
notes:
  '2.3':
    full_name: Notes 2.3 (64-bit)
    installer: {{ downloads }}/notes-2.3.exe
    install_flags: /S
    uninstaller: '%ProgramFiles%\Notes\uninstall.exe'
    uninstall_flags: /S
{%- endif %}
