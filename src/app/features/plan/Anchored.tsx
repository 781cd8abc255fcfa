/** A part of the chart that opens an editor: a button within the SVG, by pointer, Enter and Space. */
import type { ReactNode } from 'react';
import { Popup } from '../../ui/Popup.tsx';

interface AnchoredProps {
  /** Accessible name. */
  readonly label: string;
  /** Name of the editor that opens. */
  readonly title: string;
  readonly className?: string | undefined;
  readonly part: string;
  readonly children: ReactNode;
  readonly renderEditor: (close: () => void) => ReactNode;
}

export function Anchored({ label, title, className, part, children, renderEditor }: AnchoredProps) {
  return (
    <Popup
      title={title}
      renderEditor={renderEditor}
      renderTarget={(toggle) => (
        <g
          role="button"
          tabIndex={0}
          aria-label={label}
          className={className}
          data-part={part}
          onClick={toggle}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' && event.key !== ' ') return;
            event.preventDefault();
            event.stopPropagation();
            toggle();
          }}
        >
          {children}
        </g>
      )}
    />
  );
}
