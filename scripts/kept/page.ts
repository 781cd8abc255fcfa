/** The built page, served as `npm start` does. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';

export interface ServedPage {
  readonly address: string;
  close(): void;
}

/** @param address of one that is served already */
export async function servePage(address?: string): Promise<ServedPage> {
  if (address !== undefined) return { address, close: () => undefined };
  const server = spawn(process.execPath, ['scripts/start.mjs'], {
    env: { ...process.env, PORT: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for (;;) {
    const [text] = (await once(server.stdout, 'data')) as [Buffer];
    const said = /http:\/\/\S+/.exec(String(text))?.[0];
    if (said !== undefined) return { address: said, close: () => void server.kill() };
  }
}
