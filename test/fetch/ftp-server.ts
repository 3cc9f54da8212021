import { createServer, type Server, type Socket } from "node:net";

export interface FtpServer {
  readonly port: number;
  /** Offsets at which files were asked for. */
  readonly offsets: readonly number[];
  close(): void;
}

export interface FtpBehaviour {
  /** Ends the first transfer after so many bytes, and the connection when the client has taken them. */
  readonly breakAfter?: number;
  /** Ends the first transfer after so many bytes, and says that it is complete. */
  readonly cutAfter?: number;
  /** What it answers to SIZE, whatever the file's size. */
  readonly saidSize?: string;
  /** Commands that it does not know. */
  readonly unknown?: readonly string[];
}

/** The little of RFC 959 and 3659 that a download needs. */
export async function startFtpServer(
  files: { [path: string]: Buffer },
  { breakAfter, cutAfter, saidSize, unknown = [] }: FtpBehaviour = {},
): Promise<FtpServer> {
  const offsets: number[] = [];
  const sockets = new Set<Socket>();
  const servers: Server[] = [];
  let firstEnd = breakAfter ?? cutAfter;

  const listen = async (onConnection: (socket: Socket) => void) => {
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.on("error", () => socket.destroy());
      onConnection(socket);
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return (server.address() as { port: number }).port;
  };

  const port = await listen((control) => {
    let offset = 0;
    let data: Promise<Socket> = Promise.reject(new Error("no data connection"));
    data.catch(() => {});
    const say = (text: string) => control.write(`${text}\r\n`);
    const transfer = async (content: Buffer) => {
      offsets.push(offset);
      say("150 here it comes");
      const socket = await data;
      const broken = breakAfter !== undefined && firstEnd !== undefined;
      const cut = content.subarray(0, firstEnd);
      firstEnd = undefined;
      // Nothing orders the two connections: one that breaks at once can be seen before the data that was sent. The client
      // ends its side when it has read all of ours.
      if (broken) socket.on("end", () => control.destroy()).resume();
      if (broken) socket.end(cut);
      else socket.end(cut, () => say("226 done"));
    };
    const handle = async (line: string) => {
      const [command = "", argument = ""] = line.split(/ (.*)/s);
      const content = files[argument];
      if (unknown.includes(command)) return say("502 no");
      switch (command.toUpperCase()) {
        case "USER":
          return say("331 password please");
        case "PASS":
          return say("230 welcome");
        case "EPSV": {
          let connected: (socket: Socket) => void = () => {};
          data = new Promise((resolve) => {
            connected = resolve;
          });
          return say(`229 Entering Extended Passive Mode (|||${await listen(connected)}|)`);
        }
        case "SIZE":
          return say(content ? `213 ${saidSize ?? content.length}` : "550 no such file");
        case "MDTM":
          return say(content ? "213 20260101000000" : "550 no such file");
        case "REST":
          offset = Number(argument);
          return say("350 go on");
        case "RETR":
          return content ? transfer(content.subarray(offset)) : say("550 no such file");
        case "QUIT":
          return say("221 bye");
        default:
          return say(["TYPE", "OPTS", "STRU", "PBSZ"].includes(command.toUpperCase()) ? "200 fine" : "502 no");
      }
    };
    control.setEncoding("utf8").on("data", (text) => {
      for (const line of String(text).split("\r\n").filter(Boolean)) void handle(line);
    });
    say("220 ready");
  });

  return {
    port,
    offsets,
    close() {
      for (const socket of sockets) socket.destroy();
      for (const server of servers) server.close();
    },
  };
}
