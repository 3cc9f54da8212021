# An MSI: msiexec installs it, and the file itself says what will be in the registry.
{%- set downloads = "http://127.0.0.1:8421" %}
{%- set products = {
      "1.1.0": "{6F1D3C0A-9B52-4E0D-8A44-2C5E7B910110}",
      "1.0.0": "{6F1D3C0A-9B52-4E0D-8A44-2C5E7B910100}",
    } %}
hello:
  {%- for version, product in products.items() %}
  '{{ version }}':
    full_name: Hello (x64)
    installer: {{ downloads }}/hello-{{ version }}.msi
    install_flags: /qn /norestart
    msiexec: True
    uninstaller: '{{ product }}'
    uninstall_flags: /qn /norestart
  {%- endfor %}
