// Serves examples/installers on 127.0.0.1, as the example definitions expect. Runs until it is interrupted.
import { createReadStream, statSync } from "node:fs";
import { createServer } from "node:http";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const folder = fileURLToPath(new URL("../examples/installers/", import.meta.url));
export const examplePort = 8421;

/**
 * Starts the server on the given port, or on a free one when that is taken.
 * @param {number} port
 * @returns {Promise<{port: number, close(): void}>}
 */
export async function serveExamples(port = examplePort) {
  const server = createServer((request, response) => {
    // Only the plain names of files in the folder: nothing else can be asked for.
    const file = path.join(folder, path.basename(new URL(request.url ?? "/", "http://localhost").pathname));
    const status = statSync(file, { throwIfNoEntry: false });
    if (!status?.isFile()) return response.writeHead(404).end();
    response.writeHead(200, { "content-type": "application/octet-stream", "content-length": status.size });
    createReadStream(file).pipe(response);
  });
  const listen = (wanted) =>
    new Promise((resolve, reject) => {
      server.once("error", reject);
      server.listen(wanted, "127.0.0.1", () => resolve(server.address().port));
    });
  const actual = await listen(port).catch((error) => (error.code === "EADDRINUSE" ? listen(0) : Promise.reject(error)));
  return { port: actual, close: () => server.close().closeAllConnections() };
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { port } = await serveExamples();
  console.log(`Serving examples/installers on http://127.0.0.1:${port}/ (Ctrl+C ends it)`);
}
