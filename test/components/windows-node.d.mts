export function windowsNode(): string | undefined;
export function installWindowsNode(): void;
