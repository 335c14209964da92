/** How states look: an icon and a word each; colour only repeats what they say. */
import type { Status } from '../../core/trace/model';
import type { IconName, Tone } from '../shared/iconNames';

export interface StateLook {
  readonly icon: IconName;
  readonly tone: Tone;
  readonly word: string;
}

export const STATES: Readonly<Record<Status, StateLook>> = {
  covered: { icon: 'check', tone: 'ok', word: 'Covered' },
  suspect: { icon: 'question', tone: 'warn', word: 'Suspect' },
  uncovered: { icon: 'circle-slash', tone: 'dim', word: 'Uncovered' },
};
