/** A worker that does not give control back for a while, or takes all the memory that it gets. */
export default function work({
  milliseconds,
  fill = false,
}: {
  milliseconds: number;
  fill?: boolean;
}): string {
  const until = Date.now() + milliseconds;
  while (Date.now() < until);
  const kept: number[][] = [];
  while (fill) kept.push(Array.from({ length: 10_000 }, Math.random));
  return 'done';
}
