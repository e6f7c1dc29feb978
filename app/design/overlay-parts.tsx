'use client';
import { Copy, Pencil, Pin, Trash2 } from 'lucide';
import { useRef, useState } from 'react';
import { Button } from '@/app/_ui/button';
import { Dialog, DialogButtons } from '@/app/_ui/dialog';
import { TextField } from '@/app/_ui/field';
import { Menu, MenuHead, MenuItem, MenuRule } from '@/app/_ui/menu';
import { toast } from '@/app/_ui/toast';

/** What lies over the page for a while: a menu, a dialog that asks, a toast with a way back. */
export function OverlayParts() {
  const [open, setOpen] = useState<'menu' | 'dialog' | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const close = () => setOpen(null);
  return (
    <div className="row">
      <Button
        ref={button}
        aria-haspopup="menu"
        aria-expanded={open === 'menu'}
        onClick={() => setOpen(open === 'menu' ? null : 'menu')}
      >
        Menu
      </Button>
      {open === 'menu' && (
        <Menu label="Note" anchor={button} onClose={close}>
          <MenuHead>Note of Sofia Stan</MenuHead>
          <MenuItem icon={Copy} onChoose={close}>
            Copy link
          </MenuItem>
          <MenuItem icon={Pencil} onChoose={close}>
            Edit
          </MenuItem>
          <MenuItem icon={Pin} onChoose={close}>
            Pin
          </MenuItem>
          <MenuRule />
          <MenuItem icon={Trash2} onChoose={close}>
            Delete
          </MenuItem>
        </Menu>
      )}
      <Button onClick={() => setOpen('dialog')}>Dialog</Button>
      {open === 'dialog' && (
        <Dialog title="Hide this note?" onClose={close}>
          <p>A line stays in the thread: “Hidden by a moderator.”</p>
          <TextField label="Reason" hint="The author will read it." />
          <DialogButtons>
            <Button look="quiet" onClick={close}>
              Cancel
            </Button>
            <Button look="destroy" onClick={close}>
              Hide note
            </Button>
          </DialogButtons>
        </Dialog>
      )}
      <Button onClick={() => toast('Note deleted', { label: 'Undo', run: close })}>Toast</Button>
    </div>
  );
}
