// Before the first paint, and outside the bundle: how the reader likes the text, which no server knows.
try {
  const kept = JSON.parse(localStorage.getItem('scholion.reading') ?? '{}');
  for (const name of ['reading', 'size', 'face', 'margins']) {
    if (typeof kept[name] === 'string') document.documentElement.dataset[name] = kept[name];
  }
  // Images of the pages beside the text, or alone where there is no room for both.
  const asked = new URLSearchParams(location.search).has('canvas');
  const liked = localStorage.getItem('scholion.view') ?? 'text';
  const view = asked && liked === 'text' ? 'both' : liked;
  const hasRoom = matchMedia('(min-width: 60rem)').matches;
  document.documentElement.dataset.view = view !== 'both' || hasRoom ? view : asked ? 'image' : 'text';
} catch {
  // Without storage the text looks as the page has it.
}
