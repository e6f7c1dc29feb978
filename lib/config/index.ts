import { z } from 'zod';

/**
 * The environment, parsed once: the only reader of `process.env` on the server. `scripts/bootstrap.ts`
 * fills in DATABASE_URL and NEXTAUTH_SECRET for the embedded database before this is first read.
 */
const schema = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  /** Signs cookies and CSRF tokens. There is no default; scripts/bootstrap.ts creates one with the embedded database. */
  NEXTAUTH_SECRET: z
    .string('It is missing. Make one with `openssl rand -base64 48` and keep it: it signs cookies.')
    .min(32, 'It must have at least 32 characters: `openssl rand -base64 48` makes a good one.'),
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  HOST: z.string().default('0.0.0.0'),
  /** The public address. IRIs, cookies and links in mail are built from it, never from a request. */
  SCHOLION_URL: z.url({ protocol: /^https?$/ }).optional(),
  SCHOLION_DATA: z.string().default('.data'),
  SCHOLION_DEMO: z.enum(['0', '1']).optional(),
  DEMO_PASSWORD: z.string().min(8).optional(),
  /** Writes a person or token may do in a minute before 429. */
  SCHOLION_WRITES_PER_MINUTE: z.coerce.number().int().positive().default(3000),
  /** Failed sign-ins for one address and e-mail in 15 minutes before 429. */
  SCHOLION_SIGNIN_FAILURES: z.coerce.number().int().positive().default(10),
  /** Number of proxies in front that append to X-Forwarded-For; 0 believes the socket alone. */
  SCHOLION_TRUSTED_PROXIES: z.coerce.number().int().min(0).default(0),
  /**
   * Hosts of IIIF services that images and manifests may come from, with commas between: `iiif.example.org`,
   * `*.example.org`, or with a scheme where it is not https. Pages may show pictures of these hosts, too.
   */
  SCHOLION_IIIF_HOSTS: z
    .string()
    .default('')
    .transform((hosts) => hosts.split(/[\s,]+/).filter((host) => host !== ''))
    .transform((hosts) =>
      hosts.map((host) => (host.includes('://') ? host : `https://${host}`).toLowerCase()),
    )
    .refine(
      (origins) => origins.every((origin) => /^https?:\/\/(\*\.)?[a-z0-9.-]+(:\d{1,5})?$/.test(origin)),
      'Hosts with commas between, please, as iiif.example.org, *.example.org or http://localhost:8182.',
    ),
  /**
   * Origins of annotation clients that readers may run on reading pages, with commas between, as `https://hypothes.is`: their scripts see what
   * the page shows. Without it no script of another origin runs anywhere.
   */
  SCHOLION_ANNOTATION_CLIENTS: z
    .string()
    .default('')
    .transform((origins) => origins.split(/[\s,]+/).filter((origin) => origin !== ''))
    .refine(
      (origins) => origins.every((origin) => /^https:\/\/[a-z0-9.-]+(:\d{1,5})?$/.test(origin)),
      'Origins with commas between, please, as https://hypothes.is.',
    ),
  /** Who runs this server and how to reach them, in Markdown: stands in its statements. */
  SCHOLION_OPERATOR: z.string().min(1).max(2_000).optional(),
  /** Days between a person's wish to be erased and the erasure; what others see of them is gone at once. */
  SCHOLION_ERASURE_DELAY_DAYS: z.coerce.number().min(0).max(90).default(0),
  /** Days after which the words of a deleted note are erased for good; without it they are kept, and their author may undo. */
  SCHOLION_DELETED_WORDS_DAYS: z.coerce.number().int().min(0).max(36_500).optional(),
  /** A file with the Ed25519 key (PEM) that signs the ends of the record; without it one is made in the data folder. */
  SCHOLION_AUDIT_KEY: z.string().min(1).optional(),
  /** What Prometheus sends to read /api/metrics; without it they are for this machine alone. */
  SCHOLION_METRICS_TOKEN: z.string().min(16, 'It must have at least 16 characters.').optional(),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  MAIL_FROM: z.string().default('Scholion <scholion@localhost>'),
  /** Who makes accounts: people with an invitation's code themselves, or administrators alone. */
  SCHOLION_SIGN_UP: z.enum(['invited', 'closed']).default('invited'),
  /** Domains of e-mail addresses that may sign up, with commas between; none for all. */
  SCHOLION_SIGN_UP_DOMAINS: z
    .string()
    .default('')
    .transform((domains) =>
      domains
        .toLowerCase()
        .split(/[\s,]+/)
        .filter((domain) => domain !== ''),
    ),
  OIDC_ISSUER: z.url().optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_NAME: z.string().default('Single sign-on'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
  NODE_ENV: z.enum(['production', 'development', 'test']).default('production'),
});

export type Config = z.infer<typeof schema> & { address: string };

let parsed: Config | undefined;

/**
 * The settings of this process. `address` is the public address without a slash at its end.
 * Throws a sentence per wrong setting, for the operator to read.
 */
export function config(): Config {
  if (parsed) return parsed;
  const result = schema.safeParse(process.env);
  if (!result.success) {
    const faults = result.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`The settings in the environment are not right:\n${faults.join('\n')}`);
  }
  const address = (result.data.SCHOLION_URL ?? `http://localhost:${result.data.PORT}`).replace(/\/+$/, '');
  parsed = { ...result.data, address };
  // next-auth takes its address from the environment only.
  process.env.NEXTAUTH_URL = address;
  return parsed;
}
