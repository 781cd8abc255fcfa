/**
 * The state of a run that trains, in the folder of its result: what the page keeps of a run in its browser, as files
 * below `state.partial/`. A run that was interrupted goes on from there with the same bits. One write puts its pieces
 * under new names and then the list of them in the place of the former list: whatever ends the process in its midst,
 * either all of it stands or what stood before.
 */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Experiment } from '../../experiment/experiment.ts';
import { formatLink } from '../../experiment/link/link.ts';
import { pack, unpack } from '../../keep/pack.ts';
import { KEPT_FORMAT, type KeptEntry } from '../../keep/reports.ts';
import type { KeptStore, Pieces } from '../../keep/store.ts';
import { isResultOf } from './same-experiment.ts';
import { partialName } from './write.ts';

/** Its name says, as that of any unfinished file here, that nobody needs it who has the result. */
const FOLDER = partialName('state');
const LIST = 'list';
const SCHEMA = 'deep-fusion/state/1';

/** Which file each piece stands in. */
interface List {
  readonly schema: typeof SCHEMA;
  readonly entry: KeptEntry;
  readonly files: ReadonlyMap<string, string>;
}

/** Written through to the disk, so that a power cut leaves no list of pieces that are not there. */
const writeThrough = (path: string, bytes: Uint8Array): void => writeFileSync(path, bytes, { flush: true } as { flush: boolean });

function readList(folder: string): List | null {
  try {
    const list = unpack(new Uint8Array(readFileSync(join(folder, LIST)))) as Partial<List> | null;
    return list?.schema === SCHEMA && list.files instanceof Map && typeof list.entry?.id === 'string' ? (list as List) : null;
  } catch {
    return null;
  }
}

export class RunState {
  readonly store: KeptStore;
  private readonly folder: string;
  private list: List | null;

  /**
   * @param result the folder of the result, which this process has to itself
   * @param fresh what was kept of it is not gone on with
   */
  constructor(result: string, experiment: Experiment, fresh: boolean) {
    this.folder = join(result, FOLDER);
    const found = fresh ? null : readList(this.folder);
    const goesOn = found !== null && found.entry.format === KEPT_FORMAT && isResultOf(experiment, formatLink(found.entry.experiment));
    this.list = goesOn ? found : null;
    this.store = {
      own: async () => () => undefined,
      owned: async () => new Set(),
      room: async () => null,
      entries: async () => (this.list ? [this.list.entry] : []),
      pieces: async (id) => new Map([...this.filesOf(id)].map(([name, file]) => [name, this.read(file)])),
      piece: async (id, name) => {
        const file = this.filesOf(id).get(name);
        return file === undefined ? undefined : this.read(file);
      },
      write: async ({ entry, put, remove }) => this.write(entry, put, remove),
      change: async () => undefined,
      clear: async (ids) => {
        if (this.list && ids.includes(this.list.entry.id)) this.clear();
      },
    };
  }

  /** The run that can be gone on with; null: there is none. */
  get entry(): KeptEntry | null {
    return this.list?.entry ?? null;
  }

  /** The result stands, or what was kept can't be gone on with. */
  clear(): void {
    this.list = null;
    rmSync(this.folder, { recursive: true, force: true });
  }

  private filesOf(id: string): ReadonlyMap<string, string> {
    return this.list?.entry.id === id ? this.list.files : new Map();
  }

  private read(file: string): Uint8Array<ArrayBuffer> {
    return new Uint8Array(readFileSync(join(this.folder, file)));
  }

  private write(entry: KeptEntry, put: Pieces, remove: readonly string[]): void {
    mkdirSync(this.folder, { recursive: true });
    const files = new Map(this.filesOf(entry.id));
    for (const name of remove) files.delete(name);
    for (const [name, bytes] of put) {
      const file = crypto.randomUUID();
      writeThrough(join(this.folder, file), bytes);
      files.set(name, file);
    }
    const list: List = { schema: SCHEMA, entry, files };
    const draft = join(this.folder, crypto.randomUUID());
    writeThrough(draft, pack(list));
    renameSync(draft, join(this.folder, LIST));
    this.list = list;
    const kept = new Set([LIST, ...files.values()]);
    for (const file of readdirSync(this.folder)) if (!kept.has(file)) rmSync(join(this.folder, file), { force: true });
  }
}
