import styles from './design.module.css';

/** The sizes, each with what it is for. */
export function TypeParts() {
  return (
    <dl className={styles.sizes}>
      <dt>title 26–32</dt>
      <dd className={styles.title}>Bucharest and Moscow, 1968</dd>
      <dt>figure 25</dt>
      <dd className={styles.figure}>18 of 24</dd>
      <dt>work 20</dt>
      <dd className={styles.work}>Document I: whose noise?</dd>
      <dt>head 17</dt>
      <dd className={styles.heading}>Open questions</dd>
      <dt>interface 15</dt>
      <dd>Marks notes · Отметить решённым · Marchează ca rezolvată (ă, â, î, ș, ț)</dd>
      <dt>small 13</dt>
      <dd className="small">Document I, § 3 · 20 minutes ago</dd>
      <dt>text 19</dt>
      <dd className={styles.text} lang="ru">
        Мы решительно отклоняем извращение принципиальной позиции Советского Союза.
      </dd>
    </dl>
  );
}
