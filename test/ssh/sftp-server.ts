import {
  closeSync,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmdirSync,
  statSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import path from "node:path";
import { type Attributes, type SFTPWrapper, utils } from "ssh2";
import { HostFiles } from "../../engine/target/host-files.js";

const { STATUS_CODE, flagsToString } = utils.sftp;

/** sftp as Windows' OpenSSH serves it, on the drives of a Wine prefix. Renaming does not replace, as there. */
export function serveSftp(sftp: SFTPWrapper, prefix: string): void {
  const files = new HostFiles({
    drive: (letter) => path.join(prefix, "dosdevices", `${letter.toLowerCase()}:`),
    share: () => undefined,
  });
  const local = (remote: string): string => {
    const drive = /^\/?([A-Za-z]:)\/?(.*)$/s.exec(path.posix.normalize(remote));
    if (!drive) throw Object.assign(new Error(`no drive in ${remote}`), { code: "ENOENT" });
    return files.local(`${drive[1]}\\${drive[2]!.replaceAll("/", "\\")}`);
  };
  const handles = new Map<number, { fd?: number; list?: string[]; folder?: string }>();
  let next = 1;
  const open = (entry: { fd?: number; list?: string[]; folder?: string }): Buffer => {
    const handle = Buffer.alloc(4);
    handle.writeUInt32BE(next);
    handles.set(next++, entry);
    return handle;
  };
  const at = (handle: Buffer) => handles.get(handle.readUInt32BE())!;
  /** Answers a request; what the file system refuses becomes a status. */
  const answer = (id: number, work: () => undefined | (() => void)): void => {
    let reply: undefined | (() => void);
    try {
      reply = work();
    } catch (error) {
      const missing = (error as NodeJS.ErrnoException).code === "ENOENT";
      sftp.status(id, missing ? STATUS_CODE.NO_SUCH_FILE : STATUS_CODE.FAILURE, (error as Error).message);
      return;
    }
    if (reply) reply();
    else sftp.status(id, STATUS_CODE.OK);
  };
  const done = (work: () => unknown) => (): undefined => void work();

  // The client waits for us to hang up after it did.
  sftp.on("end", () => sftp.end());
  sftp.on("REALPATH", (id, remote) => {
    const filename = remote === "." ? "/C:/Users" : path.posix.normalize(remote);
    answer(id, () => () => sftp.name(id, [{ filename, longname: filename, attrs: {} as Attributes }]));
  });
  sftp.on("STAT", (id, remote) => answer(id, () => attributes(id, statSync(local(remote)))));
  sftp.on("LSTAT", (id, remote) => answer(id, () => attributes(id, lstatSync(local(remote)))));
  sftp.on("FSTAT", (id, handle) => answer(id, () => attributes(id, fstatSync(at(handle).fd!))));
  sftp.on("SETSTAT", (id) =>
    answer(
      id,
      done(() => {}),
    ),
  );
  sftp.on("FSETSTAT", (id) =>
    answer(
      id,
      done(() => {}),
    ),
  );
  sftp.on("OPEN", (id, remote, flags) =>
    answer(id, () => {
      const handle = open({ fd: openSync(local(remote), flagsToString(flags) ?? "r") });
      return () => sftp.handle(id, handle);
    }),
  );
  sftp.on("READ", (id, handle, offset, length) =>
    answer(id, () => {
      const buffer = Buffer.alloc(length);
      const read = readSync(at(handle).fd!, buffer, 0, length, offset);
      return () => (read > 0 ? sftp.data(id, buffer.subarray(0, read)) : sftp.status(id, STATUS_CODE.EOF));
    }),
  );
  sftp.on("WRITE", (id, handle, offset, data) =>
    answer(
      id,
      done(() => writeSync(at(handle).fd!, data, 0, data.length, offset)),
    ),
  );
  sftp.on("CLOSE", (id, handle) =>
    answer(id, () => {
      const { fd } = at(handle);
      if (fd !== undefined) closeSync(fd);
      handles.delete(handle.readUInt32BE());
      return undefined;
    }),
  );
  sftp.on("OPENDIR", (id, remote) =>
    answer(id, () => {
      const folder = local(remote);
      const handle = open({ folder, list: [".", "..", ...readdirSync(folder)] });
      return () => sftp.handle(id, handle);
    }),
  );
  sftp.on("READDIR", (id, handle) =>
    answer(id, () => {
      const { list, folder } = at(handle);
      const names = list!.splice(0).map((filename) => {
        const { mode, size, uid, gid } = lstatSync(path.join(folder!, filename));
        return { filename, longname: filename, attrs: { mode, size, uid, gid, atime: 0, mtime: 0 } };
      });
      return () => (names.length > 0 ? sftp.name(id, names) : sftp.status(id, STATUS_CODE.EOF));
    }),
  );
  sftp.on("MKDIR", (id, remote) =>
    answer(
      id,
      done(() => mkdirSync(local(remote))),
    ),
  );
  sftp.on("RMDIR", (id, remote) =>
    answer(
      id,
      done(() => rmdirSync(local(remote))),
    ),
  );
  sftp.on("REMOVE", (id, remote) =>
    answer(
      id,
      done(() => unlinkSync(local(remote))),
    ),
  );
  sftp.on("RENAME", (id, from, to) =>
    answer(id, () => {
      const target = local(to);
      if (statSync(target, { throwIfNoEntry: false })) throw new Error("the file exists");
      renameSync(local(from), target);
      return undefined;
    }),
  );

  function attributes(id: number, { mode, size, uid, gid }: { mode: number; size: number; uid: number; gid: number }) {
    return () => sftp.attrs(id, { mode, size, uid, gid, atime: 0, mtime: 0 });
  }
}
