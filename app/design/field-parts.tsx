'use client';
import { Copy, EyeOff, Plus, Search, X } from 'lucide';
import { useState } from 'react';
import { Button, ButtonLink, IconButton } from '@/app/_ui/button';
import { Chip, Chips } from '@/app/_ui/chip';
import { Check, Choice, Field, RowChoice, SearchField, TextField } from '@/app/_ui/field';
import { Segments } from '@/app/_ui/segments';
import styles from './design.module.css';

const VIEWS = [
  { value: 'text', text: 'Text' },
  { value: 'both', text: 'Text and image' },
  { value: 'image', text: 'Image' },
] as const;

/** Buttons by rank and state, fields with help and with an error, and the choices of few. */
export function FieldParts() {
  const [view, setView] = useState<(typeof VIEWS)[number]['value']>('text');
  const [isOn, setOn] = useState(true);
  return (
    <>
      <h3>Ink, tint, words: one button of ink in a view</h3>
      <div className="row">
        <Button look="primary">Save note</Button>
        <Button>Preview</Button>
        <Button look="quiet">Cancel</Button>
        <Button look="danger" icon={EyeOff}>
          Hide…
        </Button>
        <Button look="destroy">Hide note</Button>
        <ButtonLink href="/design" icon={Plus}>
          Add a text
        </ButtonLink>
      </div>
      <h3>Busy, not to be had, small, an icon alone</h3>
      <div className="row">
        <Button look="primary" busy>
          Saving…
        </Button>
        <Button disabled>Not now</Button>
        <Button small icon={Copy}>
          Copy
        </Button>
        <IconButton icon={Search} label="Search" />
        <IconButton icon={X} label="Close" small />
      </div>
      <h3>Fields: the label above, help below, an error in its place</h3>
      <div className={styles.grid}>
        <Field label="Name" defaultValue="Cătălina Munteanu" />
        <Field label="Web address" hint="Small Latin letters, digits and hyphens." defaultValue="bucharest" />
        <Field
          label="E-mail address"
          error="Write the whole address, like name@example.org"
          defaultValue="sofia.stan@"
        />
        <Choice label="Role" defaultValue="student">
          <option value="student">Student</option>
          <option value="reader">Reader</option>
        </Choice>
        <TextField label="Instructions" placeholder="What is asked for?" />
        <Field label="Site address" disabled defaultValue="Set by the operator" />
        <SearchField label="Words, people, tags" />
        <div>
          <Check label="Notes, at the foot of the page" defaultChecked />
          <Check label="Replies" hint="Below the note that they answer." />
          <Check type="radio" name="sees" label="The seminar" defaultChecked />
          <Check type="radio" name="sees" label="Only you and staff" />
        </div>
        <RowChoice label="Role of Sofia Stan" defaultValue="student">
          <option value="student">Student</option>
        </RowChoice>
      </div>
      <h3>One of few, and filters that add up</h3>
      <div className="row">
        <Segments label="View" value={view} options={VIEWS} onChoose={setView} />
        <Chips label="Filters">
          <Chip isOn={isOn} count={185} onClick={() => setOn(!isOn)}>
            Questions
          </Chip>
          <Chip isOn={false} count={4}>
            Mine
          </Chip>
        </Chips>
      </div>
    </>
  );
}
