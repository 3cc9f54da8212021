import { execFileSync } from "node:child_process";
import { loadProfile } from "../../engine/config/profile-loader.js";
import { sharedPath } from "../shared.js";
import { type GenrepoFigures, measureGenrepo, measureScale, type ScaleFigures } from "./genrepo.js";
import { milliseconds, type Row } from "./table.js";

const corpusOption = "--genrepo";
const scaleOption = "--scale";

/** The corpus from nothing and with one changed file; then generated repositories. Each in a process of its own. */
export function genrepoRows(quick: boolean): Row[] {
  const { files, first, cold, incremental, bareYaml } = inOwnProcess<GenrepoFigures>(corpusOption);
  const rows: Row[] = [
    { name: `genrepo, ${files} files, first run of the process`, value: milliseconds(first) },
    {
      name: `genrepo, ${files} files, nothing kept`,
      value: milliseconds(cold),
      ratio: `${(cold / bareYaml).toFixed(2)}× bare yaml`,
      goal: "≤ 1×",
    },
    {
      name: "genrepo, one file changed",
      value: milliseconds(incremental),
      ratio: `1/${Math.round(first / incremental)} of the first`,
      goal: "< 1/20",
    },
  ];
  for (const count of quick ? [1000] : [2500, 5000, 10_000]) {
    const figures = inOwnProcess<ScaleFigures>(scaleOption, String(count));
    const perThousand = figures.milliseconds / (count / 1000);
    rows.push({
      name: `genrepo, ${count} generated files`,
      value: `${milliseconds(figures.milliseconds)}, peak ${Math.round(figures.peakMb)} MB`,
      ratio: `${milliseconds(perThousand)} per 1000`,
      goal: "linear",
    });
  }
  return rows;
}

function inOwnProcess<Figures>(...options: string[]): Figures {
  const args = [process.argv[1] as string, ...options];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8", timeout: 300_000 }));
}

/** When this process was started to measure one thing: measures it, prints it, and answers true. */
export async function measuredGenrepo(work: string): Promise<boolean> {
  const at = process.argv.indexOf(scaleOption);
  if (at >= 0) {
    const profile = loadProfile("windows-amd64", work);
    process.stdout.write(JSON.stringify(await measureScale(Number(process.argv[at + 1]), profile, work)));
    return true;
  }
  if (!process.argv.includes(corpusOption)) return false;
  const profile = loadProfile(sharedPath("corpus/profiles/windows-amd64.json"), work);
  const figures = await measureGenrepo(sharedPath("corpus/salt-winrepo-ng"), profile, work);
  process.stdout.write(JSON.stringify(figures));
  return true;
}
