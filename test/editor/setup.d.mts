export function cacheFolder(): string;
export function setupCodeServer(): { readonly node: string; readonly entry: string };
