// Where there is no build (`npm run dev`, tests): tsx lets the first thread alone read TypeScript.
import { register } from 'tsx/esm/api';

register();
export const { default: diff } = await import('./worker.ts');
export default diff;
