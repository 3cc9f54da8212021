import { execFileSync } from "node:child_process";
import { loadProfile } from "../../engine/config/profile-loader.js";
import { sharedPath } from "../shared.js";
import { measureGenrepo, measureScale, type ScaleFigures } from "./genrepo.js";
import { milliseconds, type Row } from "./table.js";

const scaleOption = "--scale";

/** The corpus from nothing and with one changed file; then generated repositories, each size in a process of its own. */
export async function genrepoRows(work: string, quick: boolean): Promise<Row[]> {
  const profile = loadProfile(sharedPath("corpus/profiles/windows-amd64.json"), work);
  const { files, first, cold, incremental, bareYaml } = await measureGenrepo(
    sharedPath("corpus/salt-winrepo-ng"),
    profile,
    work,
  );
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
    const figures = inOwnProcess(count);
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

function inOwnProcess(count: number): ScaleFigures {
  const args = [process.argv[1] as string, scaleOption, String(count)];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8", timeout: 300_000 }));
}

/** When this process was started to measure one size: measures it, prints it, and answers true. */
export async function measuredScale(work: string): Promise<boolean> {
  const at = process.argv.indexOf(scaleOption);
  if (at < 0) return false;
  const profile = loadProfile("windows-amd64", work);
  process.stdout.write(JSON.stringify(await measureScale(Number(process.argv[at + 1]), profile, work)));
  return true;
}
