import pino from 'pino';
import { config } from '@/lib/config';

let logger: pino.Logger | undefined;

/** The log of this process: JSON lines on stderr. Bodies, cookies and tokens never go into it. */
export function log(): pino.Logger {
  logger ??= pino({ level: config().LOG_LEVEL, base: null }, pino.destination(2));
  return logger;
}
