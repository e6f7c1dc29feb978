/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  // The W3C container's IRI ends in a slash, its pages' do not: both are ours to answer.
  skipTrailingSlashRedirect: true,
  // server.ts compresses, once for what is immutable.
  compress: false,
  serverExternalPackages: ['@node-rs/argon2', 'pg', '@prisma/client', 'nodemailer', 'pino'],
};
