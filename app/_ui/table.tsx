import type { ReactNode } from 'react';
import styles from './table.module.css';

export type Column<Row> = {
  /** The words over the column, and before its value where a row is a card. Empty for the buttons of a row. */
  head: string;
  cell: (row: Row) => ReactNode;
  /** Figures stand at the right, words at the left. */
  isFigure?: boolean;
};

type Props<Row> = {
  /** What the table lists, for screen readers. */
  caption: string;
  columns: Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
};

/**
 * A table whose first column names its rows. On a phone each row is a card: the roles are written out, because
 * `display: block` takes them away from a table's elements.
 */
export function Table<Row>({ caption, columns, rows, keyOf }: Props<Row>) {
  const [name, ...rest] = columns;
  const classOf = ({ isFigure }: Column<Row>) => (isFigure ? styles.figure : undefined);
  return (
    <table role="table" className={styles.table} aria-label={caption}>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map((column) =>
            column.head === '' ? (
              <td key="" role="cell" />
            ) : (
              <th key={column.head} role="columnheader" scope="col" className={classOf(column)}>
                {column.head}
              </th>
            ),
          )}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr key={keyOf(row)} role="row">
            <th role="rowheader" scope="row">
              {name?.cell(row)}
            </th>
            {rest.map((column) => (
              <td
                key={column.head}
                role="cell"
                data-label={column.head || undefined}
                className={classOf(column)}
              >
                {column.cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The buttons of a row. */
export function RowActions({ children }: { children: ReactNode }) {
  return <div className={styles.actions}>{children}</div>;
}
