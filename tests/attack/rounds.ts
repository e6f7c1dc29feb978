/** How long the attacks go on: 1 within `npm test`, more with `npm run attack` (ATTACK_ROUNDS). */
export const ROUNDS = Number(process.env.ATTACK_ROUNDS ?? 1);
/** What every random choice begins with: a failure is repeated with the seed that it prints. */
export const SEED = Number(process.env.ATTACK_SEED ?? 20_261_129);
