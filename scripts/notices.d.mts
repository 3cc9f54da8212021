import type { Metafile } from "esbuild";

export interface BundledPackage {
  readonly folder: string;
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly text: string;
}

export function bundledPackages(metafiles: readonly Metafile[], root?: string): BundledPackage[];
export function writeNotices(metafiles: readonly Metafile[], outdir: string, root?: string): void;
