export interface Vulnerability {
  readonly name: string;
  readonly severity: string;
  readonly range: string;
  readonly via: readonly (string | { readonly title: string; readonly url: string })[];
  /** Folders of the packages. */
  readonly nodes: readonly string[];
}

export function bundledVulnerabilities(
  report: { readonly vulnerabilities?: { readonly [name: string]: Vulnerability } },
  components: readonly { readonly "bom-ref": string }[],
): Vulnerability[];
