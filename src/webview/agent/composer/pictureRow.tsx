/** Pictures that will be sent with the words. */
import type { JSX } from 'preact';
import type { Picture } from '../../../core/agent/turn/images';
import { IconButton } from '../../shared/button';

export interface PictureRowProps {
  readonly pictures: readonly Picture[];
  readonly onRemove: (index: number) => void;
}

export function PictureRow({ pictures, onRemove }: PictureRowProps): JSX.Element | null {
  if (pictures.length === 0) return null;
  return (
    <ul class="pictures" aria-label="Pictures to send">
      {pictures.map(({ name, mediaType, data }, index) => (
        <li key={`${index} ${name}`}>
          <img src={`data:${mediaType};base64,${data}`} alt="" />
          <span class="picture-name small">{name}</span>
          <IconButton icon="close" label={`Remove ${name}`} onPress={() => onRemove(index)} />
        </li>
      ))}
    </ul>
  );
}
