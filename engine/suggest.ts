import { distance } from "fastest-levenshtein";

/** The candidate that a word was probably meant to be: nearly the same letters, whatever the case and the separators. */
export function suggest(word: string, candidates: readonly string[]): string | undefined {
  const folded = fold(word);
  let best: string | undefined;
  let least = Math.floor(Math.max(folded.length, 3) / 3) + 1;
  for (const candidate of candidates) {
    const difference = distance(folded, fold(candidate));
    if (difference < least) {
      best = candidate;
      least = difference;
    }
  }
  return best;
}

function fold(word: string): string {
  return word.toLowerCase().replace(/[-_\s]+/g, "_");
}
