export function codeServer(): { readonly node: string; readonly entry: string } | undefined;
export function installCodeServer(): void;
