/**
 * For tests that draw parts of the page in a browser: a place in the document, made before each test and cleared after
 * it.
 */
import { createRoot, type Root, type RootOptions } from 'react-dom/client';
import { afterEach, beforeEach, vi } from 'vitest';

export interface Place {
  readonly element: HTMLElement;
  readonly root: Root;
}

/** What is in it stands for the test that runs: read it there, not before. */
export function placeForEach(options?: RootOptions): Place {
  let element: HTMLElement;
  let root: Root;
  beforeEach(() => {
    element = document.body.appendChild(document.createElement('div'));
    root = createRoot(element, options);
  });
  afterEach(() => {
    root.unmount();
    element.remove();
    vi.restoreAllMocks();
  });
  return {
    get element() {
      return element;
    },
    get root() {
      return root;
    },
  };
}
