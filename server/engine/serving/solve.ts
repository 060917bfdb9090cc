/** A small system of linear equations, by elimination with the largest pivot. Where it has no single answer: zeros. */
export function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, index) => [...row, right[index] ?? 0]);
  const size = rows.length;
  for (let column = 0; column < size; column++) {
    const pivot = largest(rows, column);
    if (pivot === undefined || Math.abs(pivot[column] ?? 0) < Number.MIN_VALUE) return right.map(() => 0);
    rows.splice(rows.indexOf(pivot), 1);
    rows.splice(column, 0, pivot);
    for (const row of rows) {
      if (row === pivot) continue;
      const factor = (row[column] ?? 0) / (pivot[column] ?? 1);
      for (let at = column; at <= size; at++) row[at] = (row[at] ?? 0) - factor * (pivot[at] ?? 0);
    }
  }
  return rows.map((row, index) => (row[size] ?? 0) / (row[index] ?? 1));
}

function largest(rows: readonly number[][], column: number): number[] | undefined {
  let best: number[] | undefined;
  for (const row of rows.slice(column)) {
    if (best === undefined || Math.abs(row[column] ?? 0) > Math.abs(best[column] ?? 0)) best = row;
  }
  return best;
}
