import type { Kind } from '@/lib/annotation/schema';
import type { Role } from '@/lib/policy';

/** The people of the demo. */
export const ACCOUNTS = [
  { email: 'instructor@demo.example', name: 'Irina Ionescu', what: 'instructor of demo-seminar' },
  { email: 'assistant@demo.example', name: 'Andrei Avram', what: 'assistant of demo-seminar' },
  { email: 'student1@demo.example', name: 'Sofia Stan', what: 'student of demo-seminar' },
  { email: 'student2@demo.example', name: 'Stepan Sokolov', what: 'student of demo-seminar' },
  { email: 'student3@demo.example', name: 'Sarah Smith', what: 'student of demo-seminar' },
  {
    email: 'reader@demo.example',
    name: 'Radu Radulescu',
    what: 'reader of demo-seminar: reads, does not write',
  },
  { email: 'instructor2@demo.example', name: 'Igor Ivanov', what: 'instructor of other-seminar' },
  { email: 'student4@demo.example', name: 'Stela Sandu', what: 'student of other-seminar' },
  { email: 'outsider@demo.example', name: 'Olga Orlova', what: 'in no group' },
  { email: 'admin@demo.example', name: 'Ada Adam', what: 'site administrator', admin: true },
].map((account) => ({ admin: false, ...account }));

const as = (role: Role, ...names: string[]) => names.map((name) => ({ email: `${name}@demo.example`, role }));

export const SEMINARS = [
  {
    slug: 'demo-seminar',
    name: 'Bucharest and Moscow, 1968',
    description: 'We read the two letters of the CPSU against the study that prints them.',
    edition: 'gheorghiu-2009',
    members: [
      ...as('instructor', 'instructor'),
      ...as('assistant', 'assistant'),
      ...as('student', 'student1', 'student2', 'student3'),
      ...as('reader', 'reader'),
    ],
  },
  {
    slug: 'other-seminar',
    name: 'The Prague Spring in documents',
    description: 'Another seminar on the same edition; neither sees the notes of the other.',
    edition: 'gheorghiu-2009',
    members: [...as('instructor', 'instructor2'), ...as('student', 'student4')],
  },
];

type DemoThread = {
  by: string;
  section?: string;
  exact: string;
  prefix?: string;
  suffix?: string;
  kind: Kind;
  tags: string[];
  body: string;
  replies: { by: string; body: string }[];
};

/** The first discussion, on the passage that the study translates and its note 5 refers to. */
export const DISCUSSION: { group: string; edition: string; section: string; threads: DemoThread[] } = {
  group: 'demo-seminar',
  edition: 'gheorghiu-2009',
  section: 'doc1',
  threads: [
    {
      by: 'student1@demo.example',
      exact: 'нездоровой шумихи',
      kind: 'translation',
      tags: ['translation', 'press'],
      body: 'The study has “unhealthy clamor”. **Шумиха** is noise made on purpose: *hullabaloo*, or *ballyhoo* if it is the press. “Clamor” makes it sound as if people cried out by themselves.',
      replies: [
        {
          by: 'student2@demo.example',
          body: 'Согласен: в словаре Ушакова «шумиха» — «сенсация, шум, поднятый *нарочно*». «Поднята» дальше в том же предложении говорит о том же: её кто-то поднял.',
        },
        {
          by: 'instructor@demo.example',
          body: 'Good. Then who raised it, in the eyes of the writers? Look at the rally of 21 August, and compare § 2: “широко пропагандируется внутри страны и за ее пределами”.',
        },
      ],
    },
    {
      by: 'student3@demo.example',
      exact: 'поспешно и глубоко ощибочно',
      kind: 'question',
      tags: ['translation'],
      body: 'The study gives “reckless and wrong” for this. Is *reckless* not stronger than **поспешно**, “hastily”?',
      replies: [],
    },
    {
      by: 'student2@demo.example',
      section: 'article',
      exact: 'unhealthy clamor raised in Romania',
      kind: 'link',
      tags: ['translation'],
      body: 'This is the third paragraph of Document I, where the sentence goes on: «которая поднята в этой связи в Румынии».',
      replies: [],
    },
  ],
};
