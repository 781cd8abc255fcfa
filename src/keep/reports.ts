/** Runs kept on this device as they are told to others. Plain data, which the page may import. */
import type { Experiment, ModelId } from '../experiment/experiment.ts';
import type { Told } from '../experiment/messages/say.ts';
import type { AdapterReport, ModelReport } from '../run/reports.ts';

/** Meaning of what is kept of a run. It rises when a state of before can't be gone on from with the same bits. */
export const KEPT_FORMAT = 1;

/** Milliseconds for which a delete can be undone. */
export const UNDONE_FOR = 10 * 60_000;

/** A kept run as lists show it. */
export interface KeptEntry {
  readonly id: string;
  /** `KEPT_FORMAT` of the page that wrote it. */
  readonly format: number;
  readonly experiment: Experiment;
  readonly adapter: AdapterReport['kind'];
  readonly name: string;
  readonly note: string;
  readonly starred: boolean;
  /** Milliseconds since 1970. */
  readonly created: number;
  readonly changed: number;
  readonly step: number;
  /** Last step of the plan. */
  readonly end: number;
  readonly state: 'under-way' | 'finished' | 'diverged';
  /** The newest network of the plan, with its last loss. */
  readonly final: { readonly model: ModelId; readonly loss: number } | null;
  /** Of all that is kept of it. */
  readonly bytes: number;
  /** Its curves are all that is kept, as of a run of a sweep: it can be compared, and not gone on with. */
  readonly curvesOnly?: boolean | undefined;
  /** When it was deleted: until it is cleared away that can be undone. */
  readonly deleted?: number | undefined;
}

/** The fields of a kept run that a reader changes. */
type KeptChange = Partial<Pick<KeptEntry, 'name' | 'note' | 'starred'>>;

/** Its measured curves. */
export interface KeptCurves {
  readonly id: string;
  readonly experiment: Experiment;
  readonly models: readonly ModelReport[];
  readonly measured: readonly { readonly model: ModelId; readonly steps: readonly number[]; readonly losses: readonly number[] }[];
}

/** Why nothing is kept at the moment. */
export type KeptProblem =
  /**
   * There is no room; `free`: runs that could be deleted, in the order in which they are offered, and the bytes they
   * take.
   */
  | { readonly kind: 'full'; readonly free: readonly string[]; readonly bytes: number }
  /** The browser allows no storage. */
  | { readonly kind: 'blocked' }
  /** A newer version of this page has what is kept in a form of its own. */
  | { readonly kind: 'newer' }
  /** It could not be written, for another reason; it is tried again. */
  | { readonly kind: 'failed'; readonly why: Told }
  /** The run is too large for that. */
  | { readonly kind: 'large'; readonly bytes: number; readonly most: number };

/** The requests about runs that are kept. */
export type KeptRequest =
  | { readonly do: 'list' }
  | { readonly do: 'change'; readonly id: string; readonly change: KeptChange }
  | { readonly do: 'delete'; readonly ids: readonly string[] }
  /** At once and for good, to make room. */
  | { readonly do: 'clear'; readonly ids: readonly string[] }
  | { readonly do: 'undelete'; readonly ids: readonly string[] }
  | { readonly do: 'curves'; readonly id: string }
  | { readonly do: 'export' }
  | { readonly do: 'import'; readonly bytes: Uint8Array<ArrayBuffer> };

export type KeptEvent =
  | {
      readonly type: 'kept';
      /** Newest first; deleted ones left out. */
      readonly entries: readonly KeptEntry[];
      /** The one that was under way when the page was left, once: at the first list. */
      readonly offer: KeptEntry | null;
      /** The one that the present run is written to. */
      readonly present: string | null;
      readonly problem: KeptProblem | null;
      /** Milliseconds for which keeping the present run has held its training up so far. */
      readonly took?: number;
      readonly room: { readonly used: number; readonly most: number; readonly persistent: boolean } | null;
    }
  | ({ readonly type: 'kept-curves' } & KeptCurves)
  | { readonly type: 'kept-file'; readonly bytes: Uint8Array<ArrayBuffer> };
