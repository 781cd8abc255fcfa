/**
 * A part of the chart that opens an editor: a button within the SVG, by pointer, Enter and Space. The editor's code
 * comes later.
 */
import type { ReactNode } from 'react';
import type { LaterPart } from '../../ui/later.tsx';
import { Popup } from '../../ui/floating/Popup.tsx';
import { Fetched } from '../status/Fetched.tsx';

interface AnchoredProps<P extends object> {
  /** Accessible name. */
  readonly label: string;
  /** Name of the editor that opens. */
  readonly title: string;
  readonly className?: string | undefined;
  readonly part: string;
  readonly children: ReactNode;
  readonly editor: LaterPart<P>;
  readonly propsOf: (close: () => void) => P;
}

export function Anchored<P extends object>({ label, title, className, part, children, editor, propsOf }: AnchoredProps<P>) {
  return (
    <Popup
      title={title}
      renderEditor={(close) => <Fetched name={title} part={editor} props={propsOf(close)} />}
      renderTarget={(toggle) => (
        <g
          role="button"
          tabIndex={0}
          aria-label={label}
          className={className}
          data-part={part}
          onPointerEnter={() => void editor.fetch()}
          // It opens when its code is there, so that the focus finds a field to go to.
          onClick={() => void editor.fetch().then(toggle)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' && event.key !== ' ') return;
            event.preventDefault();
            event.stopPropagation();
            void editor.fetch().then(toggle);
          }}
        >
          {children}
        </g>
      )}
    />
  );
}
