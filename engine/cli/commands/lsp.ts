import { createRequire } from "node:module";
import { type CliCommand, UsageError } from "../command.js";

/** `winrepo lsp --stdio`: the language server, the same bundle that the extension starts. */
export const lspCommand: CliCommand = {
  register(program, io, run) {
    program
      .command("lsp")
      .description("Run the language server for an editor.")
      .option("--stdio", "speak LSP on standard input and output")
      .option("--clientProcessId <id>", "end when this process has ended")
      .addHelpText("after", "\nEditors start it as `winrepo lsp --stdio`.")
      .action(
        run(async (options: { readonly stdio?: boolean }) => {
          if (!options.stdio) throw new UsageError("say how to talk to the editor: winrepo lsp --stdio");
          // The server reads --stdio and --clientProcessId from the command line itself and ends the process when the
          // editor tells it to, or has gone. The bundle lies beside this one.
          createRequire(import.meta.url)("./server.cjs");
          return new Promise<never>(() => {
            io.signal.addEventListener("abort", () => process.exit(0));
          });
        }),
      );
  },
};
