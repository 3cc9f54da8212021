// Starts a program beside itself and makes a temporary folder, or one folder only, and says so: node child.mjs [folder]
import { startLongLived } from "../../engine/process/long-lived.js";
import { makeTemporaryFolder } from "../../engine/temporary-folder.js";

const folder = makeTemporaryFolder("test");
const isBrief = process.argv[2] === "folder";
const program = isBrief ? undefined : await startLongLived("sleep", ["1000"]);
console.log(JSON.stringify({ folder, pid: program?.pid }));
if (!isBrief) setInterval(() => {}, 1000);
