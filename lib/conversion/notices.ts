import { BOUNDS, type ConversionNotice } from './schema';

/** Collects what a person should know of a conversion, by element and reason. */
export type NoticeList = {
  add(notice: {
    kind: ConversionNotice['kind'];
    element: string;
    reason: string;
    place?: string;
    count?: number;
    words?: number;
  }): void;
  /** In the order in which each was first met. */
  all(): ConversionNotice[];
};

export function createNoticeList(): NoticeList {
  const notices = new Map<string, ConversionNotice>();
  return {
    add({ kind, element, reason, place, count = 1, words = 0 }) {
      const key = `${kind} ${reason} ${element}`;
      const notice = notices.get(key) ?? { element, count: 0, places: [], kind, reason, words: 0 };
      notices.set(key, notice);
      notice.count += count;
      notice.words += words;
      if (place && notice.places.length < BOUNDS.places) notice.places.push(place);
    },
    all: () => [...notices.values()],
  };
}
