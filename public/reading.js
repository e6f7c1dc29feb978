// Before the first paint, and outside the bundle: how the reader likes the text, which no server knows.
try {
  const kept = JSON.parse(localStorage.getItem('scholion.reading') ?? '{}');
  for (const name of ['reading', 'size', 'face', 'margins']) {
    if (typeof kept[name] === 'string') document.documentElement.dataset[name] = kept[name];
  }
} catch {
  // Without storage the text looks as the page has it.
}
