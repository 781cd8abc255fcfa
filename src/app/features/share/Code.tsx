/** The link as a code to scan, drawn as one path, and whom it can reach. */
import { say } from '../../text/en/share/share.ts';
import { useEffect, useState } from 'react';
import { type ScanAddress, reachableAddress, scanAddress } from './address.ts';
import { codeOf, type ScanCode } from './qr.ts';
import styles from './share.module.css';

const WORDS: Readonly<Record<ScanAddress['reach'], React.ReactNode>> = {
  anywhere: say.scanToOpen,
  network: say.scanToOpenInTheSame,
  here: (
    <>
      {say.opensOnThisComputerOnlyFor}
      <code>HOST=0.0.0.0 npm start</code>.
    </>
  ),
};

/**
 * @param hash what the link says after the page's address, with its `#`. @param withoutCurve the link itself says more,
 * which no code has room for
 */
export function Code({ hash, withoutCurve = false }: { readonly hash: string; readonly withoutCurve?: boolean }) {
  const { page, reach } = scanAddress(location.href, reachableAddress(document));
  const text = page + hash;
  const [code, setCode] = useState<ScanCode | null>(null);
  useEffect(() => {
    let stale = false;
    codeOf(text).then(
      (found) => {
        if (!stale) setCode(found);
      },
      () => setCode(null),
    );
    return () => {
      stale = true;
    };
  }, [text]);
  if (!code) return null;
  return (
    <div className={styles.code}>
      <svg viewBox={`0 0 ${code.size} ${code.size}`} role="img" aria-label={say.codeOfTheLinkToScan} shapeRendering="crispEdges">
        <path d={code.path} fill="#12161d" />
      </svg>
      {WORDS[reach]}
      {withoutCurve ? say.theCodeLeavesOutTheCurve : null}
    </div>
  );
}
