/** Seven annotations as h's services/annotation_json.py presents them: a thread three deep, a gap in it, and more. */
const page = 'https://foreign.example/статья';
const quote = {
  source: page,
  selector: [
    {
      type: 'RangeSelector',
      startContainer: '/div[1]/p[3]',
      startOffset: 5,
      endContainer: '/div[1]/p[3]',
      endOffset: 22,
    },
    { type: 'TextPositionSelector', start: 1948, end: 1965 },
    {
      type: 'TextQuoteSelector',
      exact: 'нездоровой шумихи',
      prefix: 'пройти мимо той ',
      suffix: ', которая поднята',
    },
  ],
};

function row(id: string, user: string, more: object) {
  return {
    id,
    created: '2026-01-31T12:00:00.123456+00:00',
    updated: '2026-01-31T12:30:00.000000+00:00',
    user: `acct:${user}@hypothes.is`,
    uri: page,
    text: '',
    tags: [],
    group: 'ab12cd34',
    permissions: {
      read: ['group:ab12cd34'],
      ...{ admin: [`acct:${user}@hypothes.is`], update: [`acct:${user}@hypothes.is`] },
      delete: [`acct:${user}@hypothes.is`],
    },
    target: [{ source: page }],
    document: { title: ['Статья'] },
    links: { html: `https://hypothes.is/a/${id}`, json: `https://hypothes.is/api/annotations/${id}` },
    mentions: [],
    user_info: { display_name: user === 'masha' ? 'Мария Иванова' : null },
    flagged: false,
    hidden: false,
    moderation_status: 'APPROVED',
    actions: [],
    ...more,
  };
}

export const hypothesis = [
  row('root0001', 'masha', {
    text: 'Что значит *шумиха* 𝔄?',
    tags: ['пресса'],
    target: [quote],
  }),
  row('reply001', 'ion', { text: 'Zgomot.', references: ['root0001'] }),
  row('reply002', 'masha', { text: 'Спасибо!', references: ['root0001', 'reply001'] }),
  row('reply003', 'ion', { text: 'Cu plăcere.', references: ['root0001', 'reply001', 'reply002'] }),
  row('reply004', 'ion', { text: 'Și încă.', references: ['root0001', 'reply001', 'deleted1'] }),
  row('mark0001', 'ion', {
    target: [quote],
    permissions: { read: ['acct:ion@hypothes.is'], admin: [], update: [], delete: [] },
  }),
  row('hidden01', 'spam', {
    tags: ['x'],
    hidden: true,
    target: [
      {
        source: page,
        selector: [
          { type: 'RangeSelector', startOffset: 1 },
          { type: 'TextPositionSelector', start: 3, end: 9 },
        ],
      },
    ],
  }),
];
