/** Names in these files are far shorter; what is longer is not compared. */
const maxLength = 100;
/** Candidates past these are not compared. */
const maxCandidates = 5000;

interface Guess {
  readonly candidate: string;
  readonly distance: number;
  /** Lower wins among equals: the right letters in other case, then other separators, then the same first letter. */
  readonly doubt: number;
}

/**
 * The candidate that a misspelt word most likely meant. Case and the separators `-_.` count for nothing (`max-replicas`
 * is `maxReplicas`); otherwise two slips are forgiven in five letters and more, one in three or four, none below.
 * `limit` sets another number of slips. Equal candidates are told apart by their letters, never by their order.
 */
export function nearest(word: string, candidates: Iterable<string>, limit?: number): string | undefined {
  const letters = lettersOf(word);
  if (letters === "" || word.length > maxLength) return undefined;
  const allowed = limit ?? slipsIn(letters);
  let best: Guess | undefined;
  let seen = 0;
  for (const candidate of candidates) {
    if (++seen > maxCandidates) break;
    if (candidate.length > maxLength) continue;
    const guess = guessOf(word, letters, candidate, Math.min(allowed, best?.distance ?? allowed));
    if (guess !== undefined && (best === undefined || isBetter(guess, best))) best = guess;
  }
  return best?.candidate;
}

function slipsIn(letters: string): number {
  return letters.length >= 5 ? 2 : letters.length >= 3 ? 1 : 0;
}

function guessOf(word: string, letters: string, candidate: string, limit: number): Guess | undefined {
  const other = lettersOf(candidate);
  const distance = slipsBetween(letters, other, limit);
  if (distance > limit) return undefined;
  if (word === candidate) return { candidate, distance, doubt: 0 };
  if (word.toLowerCase() === candidate.toLowerCase()) return { candidate, distance, doubt: 1 };
  return { candidate, distance, doubt: letters[0] === other[0] ? 2 : 3 };
}

function isBetter(a: Guess, b: Guess): boolean {
  if (a.distance !== b.distance) return a.distance < b.distance;
  return a.doubt !== b.doubt ? a.doubt < b.doubt : a.candidate < b.candidate;
}

function lettersOf(word: string): string {
  return word.toLowerCase().replace(/[-_.]/g, "");
}

/**
 * Damerau-Levenshtein distance (optimal string alignment): letters missing, added, replaced, or swapped with the next.
 * Only the diagonal band that can stay within the limit is filled; beyond the limit the answer is just "more".
 */
function slipsBetween(a: string, b: string, limit: number): number {
  const more = limit + 1;
  if (Math.abs(a.length - b.length) > limit) return more;
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = new Array<number>(b.length + 1).fill(more);
    row[0] = i;
    for (let j = Math.max(1, i - limit); j <= Math.min(b.length, i + limit); j++) {
      const replaced = cell(above, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? cell(before, j - 2) + 1 : more;
      row[j] = Math.min(replaced, swapped, cell(above, j) + 1, cell(row, j - 1) + 1);
    }
    before = above;
    above = row;
  }
  return Math.min(cell(above, b.length), more);
}

function cell(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
