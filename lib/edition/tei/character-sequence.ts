import { createHash } from 'node:crypto';

/**
 * The sequence of a text's characters without white space, as a hash: two texts that come in other pieces, with other
 * spaces and in other normal forms have the same one if and only if they have the same words in the same order.
 */
export class CharacterSequence {
  private readonly hash = createHash('sha256');
  private carry = '';

  add(text: string): void {
    this.carry += text;
    if (this.carry.length < 4_096) return;
    // A cut before a combining mark would hide that it belongs to the character before.
    let cut = this.carry.length - 1;
    while (cut > 0 && /^[\p{M}\p{Surrogate}\u1160-\u11FF]/u.test(this.carry.slice(cut, cut + 2))) cut--;
    this.write(this.carry.slice(0, cut));
    this.carry = this.carry.slice(cut);
  }

  digest(): string {
    this.write(this.carry);
    this.carry = '';
    return this.hash.digest('hex');
  }

  private write(text: string): void {
    this.hash.update(text.normalize('NFD').replace(/\s+/g, ''), 'utf8');
  }
}
