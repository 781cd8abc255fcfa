/**
 * Where a code to scan leads: the page's own address, or the one of this computer in the network where the page was
 * opened as localhost.
 */

export interface ScanAddress {
  /** Address of the page without what comes after `#`. */
  readonly page: string;
  /**
   * `anywhere`: as far as the address goes; `network`: for devices in the same network; `here`: for this computer
   * alone.
   */
  readonly reach: 'anywhere' | 'network' | 'here';
}

/** Whether a host's name means the computer that it is opened on. */
export function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '::1' ||
    hostname === '[::1]' ||
    /^127(\.\d{1,3}){3}$/.test(hostname)
  );
}

/** The answer to `npm start`'s question about other devices: see `serve` in scripts/server.mjs. */
export function reachableAddress(document: Document): string | null {
  return document.querySelector<HTMLMetaElement>('meta[name="reachable-address"]')?.content ?? null;
}

/**
 * @param href of the page
 * @param reachable address of the same server for other devices; `null` where there is none
 */
export function scanAddress(href: string, reachable: string | null): ScanAddress {
  const here = new URL(href);
  here.hash = '';
  const page = here.href.replace(/#$/, '');
  if (!isLoopback(here.hostname)) return { page, reach: 'anywhere' };
  if (reachable === null) return { page, reach: 'here' };
  return { page: new URL(`${here.pathname}${here.search}`, reachable).href, reach: 'network' };
}
