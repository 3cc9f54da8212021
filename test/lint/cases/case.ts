/**
 * For each rule: sources that it must find something in, the place between ⟦ and ⟧, and sources that it must be silent
 * about. `fixed` is what `--fix` makes of the bad source when only this rule's changes are applied.
 */
export interface RuleCases {
  readonly bad: readonly (
    | string
    | { readonly source: string; readonly fixed?: string; readonly profiles?: readonly string[] }
  )[];
  readonly good: readonly string[];
}

/** A definition of one version with these attributes, one a line. */
export const app = (...lines: string[]) =>
  `app:\n  '1.0':\n    full_name: App\n${lines.map((line) => `    ${line}\n`).join("")}`;

export const exe = "installer: 'https://example.com/app-setup.exe'";
export const msi = "installer: 'https://example.com/app.msi'";
export const quiet = "install_flags: '/S'";
export const guid = "{0D2B1B8A-70D2-4C3A-9A5A-3D7A1A0F9E11}";
