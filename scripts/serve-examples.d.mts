export const examplePort: number;
export function serveExamples(port?: number): Promise<{ readonly port: number; close(): void }>;
