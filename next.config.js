/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  // The W3C container's IRI ends in a slash, its pages' do not: both are ours to answer.
  skipTrailingSlashRedirect: true,
  // `npm test` checks the types and server.ts has the reading pages compressed; a first start should be quick.
  typescript: { ignoreBuildErrors: true },
  // Titles and citation_* tags stand in the head for every agent, since a kept page is the same for all.
  htmlLimitedBots: /.*/,
  serverExternalPackages: ['@node-rs/argon2', 'pg', '@prisma/client', 'nodemailer', 'pino', 'piscina'],
};
