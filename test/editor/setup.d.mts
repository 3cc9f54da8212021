export function setupCodeServer(): { readonly node: string; readonly entry: string };
