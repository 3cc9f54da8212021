// Makes winrepo.p over and over until it is killed: node child.mjs REPOSITORY OUT CACHE
import { utimesSync } from "node:fs";
import { loadProfile } from "../../engine/config/profile-loader.js";
import { genrepo } from "../../engine/repo/genrepo.js";
import { OutcomeCache } from "../../engine/repo/outcome-cache.js";
import { writeWinrepoFile } from "../../engine/repo/winrepo-p.js";
import { inProcessRenderer } from "../repo/in-process-renderer.js";

const [root = "", out = "", cacheFile = ""] = process.argv.slice(2);
const renderer = inProcessRenderer(loadProfile("windows-amd64", root));
process.stdout.write("ready\n");
for (;;) {
  const cache = await OutcomeCache.load(cacheFile, "kill");
  const result = await genrepo({ root, renderer, cache });
  await writeWinrepoFile(out, result.winrepo);
  utimesSync(`${root}/group-000/package-00000.sls`, new Date(), new Date());
  await cache.save(cacheFile);
}
