import styles from './rendered-body.module.css';

/** A body as the server rendered it. Only the server's `html` may come here: it is sanitised there. */
export function RenderedBody({ html }: { html: string }) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: lib/markdown lets nothing through that runs
  return <div className={styles.body} dir="auto" dangerouslySetInnerHTML={{ __html: html }} />;
}
