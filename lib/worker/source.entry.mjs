// Where there is no build (`npm run dev`, tests): tsx lets the first thread alone read TypeScript, so that each worker
// is loaded through this.
import Piscina from 'piscina';
import { register } from 'tsx/esm/api';

register();
const { default: run } = await import(Piscina.workerData);
export default run;
