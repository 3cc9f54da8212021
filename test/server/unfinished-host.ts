import { NotFinished, type RenderDocument, type RenderHost } from "../../engine/render/render-host.js";

/** A host to which documents with a text in them are too large for the memory, or which is closed while it has them. */
export function unfinishedHost(host: RenderHost, marker: string, reason: NotFinished["reason"] = "memory"): RenderHost {
  const isLost = (input: unknown) => String((input as RenderDocument).source).includes(marker);
  return {
    width: host.width,
    render: async (document, ...rest) => (isLost(document) ? new NotFinished(reason) : host.render(document, ...rest)),
    run: async (task, setup, inputs, signal) =>
      Promise.all(
        inputs.map(async (input) =>
          isLost(input) ? new NotFinished(reason) : ((await host.run(task, setup, [input], signal))[0] as NotFinished),
        ),
      ),
    close: () => host.close(),
  };
}
