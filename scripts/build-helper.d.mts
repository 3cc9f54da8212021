export function compilerVersion(): string | undefined;
export function compileHelper(): Buffer;
