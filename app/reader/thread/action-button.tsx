'use client';
import { Button } from '@/app/_ui/button';

/** A quiet button for something that can be done with an annotation; it gives itself, which gets the focus back. */
export function ActionButton({
  label,
  onPress,
}: {
  label: string;
  onPress: (button: HTMLElement) => unknown;
}) {
  return (
    <Button look="quiet" small onClick={(event) => void onPress(event.currentTarget)}>
      {label}
    </Button>
  );
}
