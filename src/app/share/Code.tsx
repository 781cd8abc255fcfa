/** The link as a code to scan, drawn as one path. */
import { useEffect, useState } from 'react';
import styles from './share.module.css';

export function Code({ text }: { readonly text: string }) {
  const [code, setCode] = useState<{ readonly path: string; readonly size: number } | null>(null);
  useEffect(() => {
    let stale = false;
    // Loaded when the dialog opens: nobody else needs it.
    import('uqr')
      .then(({ encode }) => {
        if (stale) return;
        const { data, size } = encode(text, { border: 0, ecc: 'L' });
        const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join('');
        setCode({ path, size });
      })
      // A link too long for a code is still a link.
      .catch(() => setCode(null));
    return () => {
      stale = true;
    };
  }, [text]);
  if (!code) return null;
  return (
    <div className={styles.code}>
      <svg viewBox={`0 0 ${code.size} ${code.size}`} role="img" aria-label="Code of the link, to scan" shapeRendering="crispEdges">
        <path d={code.path} fill="#12161d" />
      </svg>
      Scan to open.
    </div>
  );
}
